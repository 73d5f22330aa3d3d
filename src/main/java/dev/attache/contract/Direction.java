package dev.attache.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which way the file goes, seen from the recipient. */
public enum Direction {
    @JsonProperty("download") DOWNLOAD,
    @JsonProperty("upload") UPLOAD
}
