/** The append-only register: canonical entries, the tree over them, proofs, checkpoints and commitments. */
export { type Checkpoint, checkpointText, readCheckpointText } from './checkpoint/checkpoint.ts';
export { refuseFork } from './checkpoint/equivocation.ts';
export { readSignedNote, type SignedNote, verifyCheckpoint, verifyNote } from './checkpoint/signed-note.ts';
export { readTlogProof, type TlogProof, tlogProofText, verifyTlogProof } from './checkpoint/tlog-proof.ts';
export {
  readVerifierKey,
  readVerifierKeys,
  type VerifierKey,
  verifierKeyText,
} from './checkpoint/verifier-key.ts';
export { commitmentTo, openCommitment } from './commitment.ts';
export { type Entry, type EntryKind, entryKinds } from './entry/entry.ts';
export type { CharterVersion } from './entry/payloads.ts';
export { readLine } from './entry/read-line.ts';
export { type NewEntry, writeLine } from './entry/write-line.ts';
export { exportRegister, type RegisterExport, writeExport } from './export/export-register.ts';
export { checkpointsIn, isExport, verifyExport } from './export/read-export.ts';
export {
  figuresHash,
  type Keeping,
  type KeptResult,
  keepResult,
  keepResults,
  noteCharter,
} from './keep/keep-results.ts';
export { recordDisposition } from './keep/record-disposition.ts';
export type { Acknowledgement } from './log/append-entry.ts';
export {
  type ChainHead,
  openRegister,
  openServiceRegister,
  type Register,
  type RegisterTransaction,
} from './log/open-register.ts';
export { consistencyProof, inclusionProof } from './merkle/prove.ts';
export { emptyFrontier, type Frontier, type Hash, leafHash, rootOf, withLeaf } from './merkle/tree.ts';
export {
  type ConsistencyClaim,
  type InclusionClaim,
  type TreeNumber,
  verifyConsistency,
  verifyInclusion,
} from './merkle/verify.ts';
export type { Verification, VerifyOptions } from './verify/verification.ts';
export type { KeptCheckpoint } from './verify/verify-checkpoints.ts';
export type { RegisterFault } from './verify/verify-lines.ts';
export { noRegister, readStored, type StoredRegister, verifyStored } from './verify/verify-records.ts';
