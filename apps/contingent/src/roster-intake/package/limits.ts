/** Bounds that keep a hostile or broken package from exhausting the receiver. Sizes are in bytes. */
export interface PackageLimits {
  /** Size of the zip file itself. */
  maxArchiveBytes: number;
  /** Number of entries in the zip (a full package has 22). */
  maxEntries: number;
  /** Uncompressed size of one entry. */
  maxEntryBytes: number;
  /** Uncompressed size of all entries together. */
  maxTotalBytes: number;
  /** Length of one CSV record; also bounds how far an unclosed quote can run. */
  maxRecordBytes: number;
}

const MIB = 1024 * 1024;

/** Enough for a region of several hundred schools, far below what a zip bomb needs. */
export const DEFAULT_LIMITS: PackageLimits = {
  maxArchiveBytes: 256 * MIB,
  maxEntries: 64,
  maxEntryBytes: 512 * MIB,
  maxTotalBytes: 1024 * MIB,
  maxRecordBytes: MIB / 4,
};
