import { acceptDisposition, type Disposition, putDisposition } from '../../records/index.ts';
import type { Acknowledgement } from '../log/append-entry.ts';
import type { Register } from '../log/open-register.ts';

/**
 * Keeps what somebody who does the work says of a finding: the verdict as an entry of the register, the words beside
 * it where they may be deleted, both or neither. A second look at the same finding is the next version.
 */
export async function recordDisposition(register: Register, given: Disposition): Promise<Acknowledgement> {
  const { finding, pattern, verdict, response, share, role, reviewed, ...words } = acceptDisposition(given);
  return register.transaction(async (inside) => {
    const before = await inside.head('disposition', finding);
    const acknowledged = await inside.append({
      kind: 'disposition',
      id: finding,
      version: (before?.version ?? 0) + 1,
      replaces: before?.leaf ?? null,
      recorded: reviewed,
      role,
      payload: { pattern, verdict, response, share },
    });
    const kept = { finding, pattern, verdict, response, share, role, reviewed, ...words };
    await putDisposition(inside, kept, acknowledged.leaf);
    return acknowledged;
  });
}
