package dev.attache.contract.value;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether the recipient downloads or uploads the file. */
public enum Direction {
    @JsonProperty("download")
    DOWNLOAD,
    @JsonProperty("upload")
    UPLOAD
}
