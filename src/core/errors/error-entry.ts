/** What a code means, and what to do about it, in plain English. */
export interface ErrorEntry {
  readonly meaning: string;
  readonly remedy: string;
}
