package dev.attache.storage;

/**
 * The storage classes that uploads can request: those whose objects S3 reads at once ("Understanding and managing
 * Amazon S3 storage classes"). A download link to an object of another class works only after the object is restored.
 */
public enum StorageClass {
    STANDARD,
    REDUCED_REDUNDANCY,
    STANDARD_IA,
    ONEZONE_IA,
    INTELLIGENT_TIERING,
    GLACIER_IR
}
