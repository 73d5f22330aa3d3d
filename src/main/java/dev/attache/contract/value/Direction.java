package dev.attache.contract.value;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which way the file goes, seen from the recipient. */
public enum Direction {
    @JsonProperty("download")
    DOWNLOAD,
    @JsonProperty("upload")
    UPLOAD
}
