// Verifies a register without Wellspent, without a network and without trusting whoever sent it.
// It runs in a browser, inside verify.html, and alone: node verify.mjs FOLDER [--held FILE] [--keys FILE].
// Sources: RFC 8785 (canonical JSON), RFC 6962 and RFC 9162 (tree and proofs), C2SP signed-note,
// tlog-checkpoint and tlog-proof. Its own vectors, at the end, run before anything else does.

/** Refuses, by the codes of Wellspent; `entry` is the first that breaks, where one is known. */
const refuse = (code, message, entry = null) => {
  throw Object.assign(new Error(message), { code, entry });
};

// Bytes

const encode = (text) => new TextEncoder().encode(text);
/** What work gives; undefined where it fails. */
const attempt = (work) => {
  try {
    return work();
  } catch {
    return undefined;
  }
};
const decode = (bytes) =>
  attempt(() => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
const join = (...parts) => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};
const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const base64 = (bytes) => btoa(String.fromCharCode(...bytes));
/** Base64 with padding and no spare bits; undefined for any other text. */
const fromBase64 = (text) => {
  const bytes = attempt(() => Uint8Array.from(atob(text), (char) => char.charCodeAt(0)));
  return bytes && base64(bytes) === text ? bytes : undefined;
};
const same = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);
const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest('SHA-256', join(...parts)));

// Lines

const kinds =
  'charter.version definition.version assumption assumption.review evidence forecast decision disposition trial.plan trial.allocation trial.access trial.deviation trial.stop trial.result result result.kept score benefit correction withdrawal checkpoint.held key.rotated';
const roles =
  'analyst caseworker team-leader operations-lead senior-responsible-owner trial-lead allocation-officer reviewer auditor';

/** Canonical JSON (RFC 8785) of what JSON.parse gave. */
export function canonical(value) {
  if (typeof value === 'number' && !Number.isFinite(value)) refuse('NOT_FINITE', 'a number is not finite');
  if (typeof value === 'string' && !value.isWellFormed()) refuse('LONE_SURROGATE', 'half of a character');
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${canonical(key)}:${canonical(value[key])}`).join(',')}}`;
}

function checkNesting(text) {
  const open = [];
  for (const [part, key, colon] of text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[[\]{}]/gu)) {
    if (part === '{' || part === '[') open.push(new Set());
    if (open.length > 64) refuse('ENTRY_INVALID', 'too many levels');
    if (part === '}' || part === ']') open.pop();
    else if (colon !== undefined) {
      const name = JSON.parse(key);
      if (open.at(-1).has(name)) refuse('DUPLICATE_KEY', `the key "${name}" stands twice`);
      open.at(-1).add(name);
    }
  }
}

function checkData(value) {
  if (typeof value === 'string' && value !== value.normalize('NFC')) refuse('NOT_NFC', 'letters in parts');
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value))
    refuse('ENTRY_INVALID', 'a whole number that not every program can hold');
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    if (!Array.isArray(value)) checkData(key);
    checkData(part);
  }
}

const isHash = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

function isEntry(entry) {
  if (!isObject(entry)) return false;
  const { schema, kind, id, version, replaces, recorded, role, payload, commitment, ...more } = entry;
  const time = typeof recorded === 'string' ? Date.parse(recorded) : Number.NaN;
  return (
    Object.keys(more).length === 0 &&
    schema === 'wellspent.register/1' &&
    kinds.split(' ').includes(kind) &&
    roles.split(' ').includes(role) &&
    typeof id === 'string' &&
    /^\P{Cc}{1,200}$/u.test(id) &&
    id.length <= 200 &&
    Number.isSafeInteger(version) &&
    version >= 1 &&
    (version === 1 ? replaces === null : isHash(replaces)) &&
    !Number.isNaN(time) &&
    new Date(time).toISOString().replace('.000Z', 'Z') === recorded &&
    (isObject(payload) ? commitment === undefined : payload === undefined && isHash(commitment))
  );
}

/** Reads the bytes of one line, without its line end, and refuses it unless it is the one way to write its entry. */
export function readLine(bytes) {
  if (bytes.length > 262_144) refuse('ENTRY_INVALID', 'the line is too long');
  const text = decode(bytes);
  const value = attempt(() => JSON.parse(text));
  if (value === undefined) refuse('NOT_JSON', 'the line is not JSON in UTF-8');
  checkNesting(text);
  if (canonical(value) !== text) refuse('NOT_CANONICAL', 'the line is not in the one canonical form');
  checkData(value);
  if (!isEntry(value)) refuse('ENTRY_INVALID', 'the line is not an entry');
  return value;
}

// Tree and proofs

export const leafHash = (line) => sha256(Uint8Array.of(0), line);
const nodeHash = (left, right) => sha256(Uint8Array.of(1), left, right);
const areHashes = (hashes) => hashes.every((hash) => hash?.length === 32);
const odd = (n) => (n & 1n) === 1n;
/** An unsigned integer of 64 bits; undefined for any other number. */
const place = (n) => {
  if (typeof n === 'number' && !Number.isSafeInteger(n)) return undefined;
  return BigInt(n) >= 0n && BigInt(n) < 2n ** 64n ? BigInt(n) : undefined;
};

/** Climbs from a place to the root of a tree (RFC 9162 section 2.1.3.2); false where there are too many or few steps. */
async function climbs(from, last, proof, onLeft, onRight) {
  let [f, s] = [from, last];
  for (const hash of proof) {
    if (s === 0n) return false;
    const isLeft = odd(f) || f === s;
    await (isLeft ? onLeft(hash) : onRight(hash));
    if (isLeft) for (; !odd(f) && f !== 0n; s >>= 1n) f >>= 1n;
    f >>= 1n;
    s >>= 1n;
  }
  return s === 0n;
}

/** Checks that a leaf is entry `index` of the tree of this size and root. */
export async function verifyInclusion({ leaf, index, size, root, proof }) {
  const [i, n] = [place(index), place(size)];
  if (i === undefined || n === undefined || i >= n) refuse('INDEX_OUT_OF_RANGE', 'there is no such entry');
  if (!areHashes([leaf, root, ...proof])) refuse('PROOF_INVALID', 'a hash does not have 32 bytes');
  let r = leaf;
  const onLeft = async (hash) => (r = await nodeHash(hash, r));
  const onRight = async (hash) => (r = await nodeHash(r, hash));
  if (!(await climbs(i, n - 1n, proof, onLeft, onRight)) || !same(r, root))
    refuse('PROOF_INVALID', 'the proof does not lead to the root');
}

/** Checks that the tree of size `from` is the beginning of the tree of size `to` (RFC 9162 section 2.1.4.2). */
export async function verifyConsistency({ from, to, fromRoot, toRoot, proof }) {
  const wrong = (why) => refuse('CONSISTENCY_INVALID', why);
  const [m, n] = [place(from), place(to)];
  if (m !== undefined && n !== undefined && n < m) refuse('TRUNCATED', 'entries are gone');
  if (m === undefined || n === undefined || m === 0n) wrong('there is no such beginning');
  if (!areHashes([fromRoot, toRoot, ...proof])) wrong('a hash does not have 32 bytes');
  if (m === n) return proof.length === 0 && same(fromRoot, toRoot) ? undefined : wrong('the roots differ');
  if (proof.length === 0) wrong('the proof is empty');
  const [first, ...rest] = (m & (m - 1n)) === 0n ? [fromRoot, ...proof] : proof;
  let [f, s] = [m - 1n, n - 1n];
  for (; odd(f); s >>= 1n) f >>= 1n;
  let [fr, sr] = [first, first];
  const onLeft = async (hash) => ([fr, sr] = [await nodeHash(hash, fr), await nodeHash(hash, sr)]);
  const onRight = async (hash) => (sr = await nodeHash(sr, hash));
  if (!(await climbs(f, s, rest, onLeft, onRight)) || !same(fr, fromRoot) || !same(sr, toRoot))
    wrong('the proof does not lead to both roots');
}

/** The root after each entry, worked out from the leaves in order. */
async function rootsOf(leaves) {
  let peaks = [];
  const roots = [];
  for (const [index, leaf] of leaves.entries()) {
    peaks = [...peaks, leaf];
    for (let size = index; size % 2 === 1; size = (size - 1) / 2) {
      const right = peaks.pop();
      peaks.push(await nodeHash(peaks.pop(), right));
    }
    let root = peaks.at(-1);
    for (const peak of peaks.slice(0, -1).reverse()) root = await nodeHash(peak, root);
    roots.push(root);
  }
  return roots;
}

// Checkpoints

const isName = (text) => /^[^\s+\p{Cc}]+$/u.test(text);

/** The origin, size and root in the three lines of a checkpoint. */
export function readCheckpoint(text) {
  const [origin, sized, rooted, end, ...more] = text.split('\n');
  const root = fromBase64(rooted ?? '');
  const isSize = /^(0|[1-9]\d{0,15})$/.test(sized ?? '') && Number.isSafeInteger(Number(sized));
  if (end !== '' || more.length > 0 || !isName(origin) || !isSize || root?.length !== 32)
    refuse('CHECKPOINT_MALFORMED', 'this is not a checkpoint');
  return { origin, size: Number(sized), root };
}

async function readKey(text) {
  const [, name = '', id = '', written = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text.trim()) ?? [];
  const typed = fromBase64(written);
  if (!isName(name) || typed?.length !== 33 || typed[0] !== 1) refuse('UNKNOWN_KEY', 'not a verifier key');
  if (hex(await sha256(encode(`${name}\n`), typed)).slice(0, 8) !== id) refuse('UNKNOWN_KEY', 'not its id');
  const key = await crypto.subtle.importKey('raw', typed.slice(1), 'Ed25519', false, ['verify']);
  return { name, id, key };
}

/** Checks the signatures of a note against keys as text, and only then reads the checkpoint in it. */
export async function verifyCheckpoint(note, keyTexts) {
  const malformed = () => refuse('CHECKPOINT_MALFORMED', 'this is not a signed note');
  const end = note.lastIndexOf('\n\n');
  if (!note.isWellFormed() || /(?!\n)\p{Cc}/u.test(note) || end < 0 || !note.endsWith('\n')) malformed();
  const text = note.slice(0, end + 1);
  const lines = note.slice(end + 2, -1).split('\n');
  if (lines.length > 100) malformed();
  const signatures = lines.map((line) => {
    const [, name = '', written = ''] = /^\u2014 (\S+) (\S+)$/u.exec(line) ?? [];
    const bytes = fromBase64(written);
    if (!isName(name) || bytes === undefined || bytes.length < 5) malformed();
    return { name, id: hex(bytes.slice(0, 4)), signature: bytes.slice(4) };
  });
  const keys = await Promise.all(keyTexts.map(readKey));
  let known = 0;
  for (const { name, id, signature } of signatures) {
    const key = keys.find((one) => one.name === name && one.id === id)?.key;
    if (key && !(await crypto.subtle.verify('Ed25519', key, signature, encode(text))))
      refuse('SIGNATURE_INVALID', `the signature of ${name} does not fit the checkpoint`);
    if (key) known += 1;
  }
  if (known === 0) refuse('UNKNOWN_KEY', 'nobody whose key was given has signed this checkpoint');
  return readCheckpoint(text);
}

/** Reads a kept checkpoint: its signatures must hold where keys are given and it has any. */
const readKept = async (note, keys) =>
  keys.length > 0 && note.includes('\n\n')
    ? { ...(await verifyCheckpoint(note, keys)), isSigned: true }
    : readCheckpoint(note.includes('\n\n') ? note.slice(0, note.lastIndexOf('\n\n') + 1) : note);

/** Refuses two checkpoints of one register and size with different roots. */
export function refuseFork(checkpoints) {
  const roots = new Map();
  for (const { origin, size, root } of checkpoints) {
    const [one, other] = [base64(root), roots.get(`${origin} ${size}`)];
    if (one !== (other ?? one)) refuse('EQUIVOCATION', `two histories of ${size} entries: ${one}, ${other}`);
    roots.set(`${origin} ${size}`, one);
  }
}

/** Takes a .tlog-proof file apart. */
export function readProof(text) {
  const end = text.indexOf('\n\n');
  const [head, second = '', ...hashes] = text.slice(0, Math.max(end, 0)).split('\n');
  const index = Number(/^index (0|[1-9]\d{0,15})$/.exec(second)?.[1] ?? 'none');
  const proof = hashes.map(fromBase64);
  if (head !== 'c2sp.org/tlog-proof@v1' || !Number.isSafeInteger(index) || !areHashes(proof))
    refuse('PROOF_INVALID', 'this is not a proof file');
  return { index, proof, checkpoint: text.slice(end + 2) };
}

/** Checks that a commitment, as hexadecimal, was made to this payload with this salt. */
export async function openCommitment(commitment, payload, salt) {
  const made = await sha256(encode('wellspent.commitment/1\n'), salt, encode(canonical(payload)));
  if (salt.length !== 32 || hex(made) !== commitment)
    refuse('COMMITMENT_MISMATCH', 'another salt or payload');
}

// The whole log

/** Checks every line of a log.ndjson and gives its leaves and the root after each. */
export async function verifyLog(bytes) {
  const leaves = [];
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(10, from);
    try {
      if (end < 0) refuse('NOT_JSON', 'the last line has no end');
      const line = bytes.slice(from, end);
      readLine(line);
      leaves.push(await leafHash(line));
    } catch (error) {
      refuse(error.code, error.message, leaves.length);
    }
    from = end + 1;
  }
  return { leaves, roots: await rootsOf(leaves) };
}

/** Holds checkpoints against the log, the smallest first; the entry named is the first that can have changed. */
async function checkKept({ roots }, kept) {
  let sound = 0;
  for (const { size, root } of kept.toSorted((a, b) => a.size - b.size)) {
    if (size > roots.length) refuse('TRUNCATED', `the register had ${size} entries`, roots.length);
    const now = size === 0 ? await sha256() : roots[size - 1];
    if (!same(now, root)) refuse('CONSISTENCY_INVALID', `it is not what was held at ${size} entries`, sound);
    sound = size;
  }
}

/**
 * Checks all that is given and says in one sentence what follows. `log` and `entry` are bytes, the rest text: `held`
 * checkpoints that somebody outside kept, `own` and `checkpoint` those of the sender, `proof` a .tlog-proof of the
 * entry, `consistency` hashes from the held to the current checkpoint, a line each, `keys` verifier keys.
 */
export async function report(given) {
  const { log, entry, proof, checkpoint, consistency, own = [], held = [], keys = [], holder, since } = given;
  const said = [];
  const all = log === undefined ? undefined : await verifyLog(log);
  const kept = await Promise.all(held.map((note) => readKept(note, keys)));
  const taken = proof === undefined ? undefined : readProof(proof);
  const notes = [...own, checkpoint, taken?.checkpoint].filter((note) => note !== undefined);
  const current = await Promise.all(notes.map((note) => readKept(note, keys)));
  if (new Set([...kept, ...current].map(({ origin }) => origin)).size > 1)
    refuse('CHECKPOINT_MALFORMED', 'the checkpoints are of different registers');
  refuseFork([...kept, ...current]);
  const now = current.toSorted((a, b) => b.size - a.size)[0];
  if (all) {
    await checkKept(all, [...kept, ...current]);
    const root = all.roots.at(-1) ?? (await sha256());
    said.push(`The register holds ${all.roots.length} entries and its root is ${base64(root)}`);
  }
  if (entry !== undefined) {
    readLine(entry);
    const leaf = await leafHash(entry);
    const at = taken ? taken.index : (all?.leaves.findIndex((one) => same(one, leaf)) ?? -1);
    if (taken) await verifyInclusion({ leaf, index: at, ...current.at(-1), proof: taken.proof });
    if (at < 0) refuse('PROOF_INVALID', 'the entry is not in the register, or no proof of it was given');
    const of = taken ? current.at(-1).size : all.leaves.length;
    said.push(
      `this entry is byte-identical to the one registered; it is entry ${at} of ${of}, counted from 0`,
    );
  }
  const hashes = (consistency ?? '').split('\n').filter(Boolean).map(fromBase64);
  for (const { size, root } of all || !now ? [] : [...kept, ...current]) {
    const steps = size === now.size ? [] : hashes;
    await verifyConsistency({ from: size, to: now.size, fromRoot: root, toRoot: now.root, proof: steps });
  }
  const who = `${holder ? ` by ${holder}` : ''}${since ? ` since ${since}` : ''}` || ' before';
  const oldest = kept.toSorted((a, b) => a.size - b.size)[0];
  if (oldest && (all || now))
    said.push(`nothing of the ${oldest.size} entries held${who} was removed or altered`);
  else said.push('nothing shows what it held earlier, for want of a checkpoint that somebody outside kept');
  const isSigned = [...kept, ...current].some((one) => one.isSigned);
  if (keys.length > 0 && !isSigned) refuse('UNKNOWN_KEY', 'no checkpoint is signed by a key that was given');
  said.push(isSigned ? 'the signatures hold' : 'no signature was checked, for want of a key');
  const sentence = `${said.join('; ')}.`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

// Vectors: three entries and two checkpoints of a register made for tests; its key is the public one of RFC 8032
// section 7.1. They are checked, and changed to be refused, before anything else is.

const vector = {
  lines: [
    '{"id":"A-014","kind":"assumption","payload":{"confidence":0.7,"expires":"2027-05-31","if_false":"D-003","statement":"Half of repeat calls ask only where the case has got to","tested_by":"T-001"},"recorded":"2026-11-02T09:00:00Z","replaces":null,"role":"analyst","schema":"wellspent.register/1","version":1}',
    '{"id":"T-001","kind":"trial.plan","payload":{"alpha":0.05,"assumptions":["0c04930aea2f14803ba1ed4c50f3d12ecd7459dfd208fd967f1af84f2431915f"],"beacon":{"network":"drand-quicknet","round":21000000},"charter":"C-001@3","design":"stepped-wedge","guardrails":[{"alpha":0.05,"margin":0.01,"metric":"error_rate"}],"looks":[{"after":"2027-03-31"}],"power":0.8,"primary":[{"better":"lower","estimand":"time-averaged effect over exposure periods 1-4","metric":"days_to_decision","worthwhile":2.5}],"question":"Does Ré-ordering triage cut waits by ≥ 2.5 days?"},"recorded":"2026-11-02T09:30:00Z","replaces":null,"role":"trial-lead","schema":"wellspent.register/1","version":1}',
    '{"id":"F-001","kind":"forecast","payload":{"of":"T-001","plan":"bd8865c7a3bd4c654f8a562a1875ae33851d181a97bde9dad082202e9598e1a4","quantiles":[[0.1,0.5],[0.5,2],[0.9,4]],"unit":"days"},"recorded":"2026-11-02T10:00:00Z","replaces":null,"role":"operations-lead","schema":"wellspent.register/1","version":1}',
  ],
  key: 'register.wellspent.example+93a2c866+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea',
  three:
    'register.wellspent.example\n3\nOkGD2etJDitAG+tvofol907UdruFWIZ/kXeeQ8ChA3Y=\n\n— register.wellspent.example k6LIZthd2xdayz4N1JBedTZ323k1Xs6KnjI8QJv1cmsmEOhgSlVeuHljDmV0OXYfC/AUQ6D3SkgX0BbNoScHtb8ZvA0=\n',
  seven:
    'register.wellspent.example\n7\nbd/LPqKg0DyPn02shyKzkdm09YLE5vqiNr/rm2ODJkg=\n\n— register.wellspent.example k6LIZv5QOi4mL8fu5WjAWEAktSoAc5tftXE0k5M0ZB9ToiC7DAEM0L5as88lB9tCf1GAxX4q90EFPw0RNYRBuIsI6gQ=\n',
  consistency:
    'SrEJAIlc8xf8MCo+h7Sxhq8ossOoDdkIpAhl1TUeFdU= 3KNC0bPeIFX0tWKBbr9m4wD23Ncc5VSmfWJBK6xyWA4= hKHzDrVeWyg1hCISHmaWobXF05SNxaFGyFzkksrYwv0= st6pHsmjfm3n7ce22G6yB/QBis8Astn/ZBzU9hRxriA=',
};

const refusalOf = (work) =>
  work().then(
    () => undefined,
    (error) => error.code ?? String(error),
  );

/** Runs the vectors; throws where one does not come out as it must. */
export async function runVectors() {
  const log = encode(`${vector.lines.join('\n')}\n`);
  const { leaves, roots } = await verifyLog(log);
  const keys = [vector.key];
  const three = await verifyCheckpoint(vector.three, keys);
  const seven = await verifyCheckpoint(vector.seven, keys);
  const proof = vector.consistency.split(' ').map(fromBase64);
  const claim = { from: 3, to: 7, fromRoot: three.root, toRoot: seven.root, proof };
  await verifyConsistency(claim);
  const inside = { leaf: leaves[2], index: 2, size: 3, root: three.root, proof: [roots[1]] };
  await verifyInclusion(inside);
  const numbers = canonical(JSON.parse('[333333333.33333329,1E30,4.50,2e-3,1e-27,-0,"\\u20ac\\u000f"]'));
  const due = [
    [same(roots[2], three.root), true],
    [base64(await sha256()), '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='],
    [numbers, '[333333333.3333333,1e+30,4.5,0.002,1e-27,0,"€\\u000f"]'],
    [await refusalOf(() => verifyInclusion({ ...inside, index: 1 })), 'PROOF_INVALID'],
    [await refusalOf(() => verifyInclusion({ ...inside, index: 3 })), 'INDEX_OUT_OF_RANGE'],
    [await refusalOf(() => verifyConsistency({ ...claim, proof: proof.slice(1) })), 'CONSISTENCY_INVALID'],
    [await refusalOf(() => verifyConsistency({ ...claim, from: 8 })), 'TRUNCATED'],
    [await refusalOf(() => verifyCheckpoint(vector.three.replace('3\n', '4\n'), keys)), 'SIGNATURE_INVALID'],
    [await refusalOf(() => verifyCheckpoint(vector.three, [])), 'UNKNOWN_KEY'],
    [await refusalOf(() => verifyLog(log.slice(1))), 'NOT_JSON'],
    [await refusalOf(async () => readLine(encode(vector.lines[0].replace('0.7', '0.70')))), 'NOT_CANONICAL'],
  ];
  for (const [found, expected] of due)
    if (found !== expected) throw new Error(`a vector gives ${found} and not ${expected}`);
  return due.length;
}

const inWords = ({ code, message, entry = null }) =>
  `${code ?? 'The verifier itself failed'}: ${entry === null ? '' : `entry ${entry}, counted from 0: `}${message}.`;

async function inBrowser(document) {
  const answer = document.getElementById('answer');
  const file = async (id) => [...document.getElementById(id).files];
  const text = async (id) => Promise.all((await file(id)).map((one) => one.text()));
  const bytes = async (id) => (await file(id))[0]?.arrayBuffer().then((buffer) => new Uint8Array(buffer));
  const value = (id) => document.getElementById(id).value.trim();
  const ready = await runVectors().catch(({ message }) => message);
  answer.textContent = Number.isInteger(ready)
    ? `Ready: ${ready} vectors came out as they must.`
    : `Do not use this: ${ready}`;
  document.getElementById('verify').addEventListener('submit', async (event) => {
    event.preventDefault();
    const entry = await bytes('entry');
    const given = {
      log: await bytes('log'),
      entry: entry?.at(-1) === 10 ? entry.slice(0, -1) : entry,
      proof: (await text('proof'))[0],
      checkpoint: (await text('checkpoint'))[0],
      consistency: (await text('consistency'))[0],
      held: await text('held'),
      keys: value('keys').split('\n').filter(Boolean),
      holder: value('holder'),
      since: value('since'),
    };
    answer.textContent = await report(given).catch(inWords);
  });
}

async function inNode(process) {
  const { existsSync, readFileSync, readdirSync } = await import('node:fs');
  const [folder = '.', ...options] = process.argv.slice(2);
  const named = (name) => options.flatMap((option, i) => (option === name ? [options[i + 1]] : []));
  const text = (file) => readFileSync(file, 'utf8');
  try {
    await runVectors();
    const held = named('--held').map(text);
    const keys = named('--keys').flatMap((file) => text(file).split('\n').filter(Boolean));
    const kept = `${folder}/checkpoints`;
    const own = existsSync(kept) ? readdirSync(kept).map((name) => text(`${kept}/${name}`)) : [];
    const log = new Uint8Array(readFileSync(`${folder}/log.ndjson`));
    process.stdout.write(`${await report({ log, own, held, keys })}\n`);
  } catch (error) {
    process.stderr.write(`${inWords(error)}\n`);
    process.exitCode = 1;
  }
}

if (globalThis.document?.getElementById('verify')) await inBrowser(document);
else if (globalThis.process?.argv?.[1]?.endsWith('verify.mjs')) await inNode(process);
