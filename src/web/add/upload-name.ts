const mostBytes = 120;

// Characters that are not seen, or that turn the direction of what follows: they could make one name look like another.
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;

function cutToBytes(text: string, bytes: number): string {
  let cut = text;
  while (Buffer.byteLength(cut) > bytes) cut = [...cut].slice(0, -1).join('');
  return cut;
}

/**
 * The name of a file that was sent, as it is shown: its last part without folders, cleaned and cut, its ending kept.
 * It never becomes a path.
 */
export function shownName(sent: string): string {
  const last = sent.slice(-4000).split(/[\\/]/).at(-1) ?? '';
  // Browsers write these three so, and nothing else.
  const written = last.replaceAll('%22', '"').replaceAll(/%0[AD]/g, ' ');
  const clean = written.normalize('NFC').replaceAll(unseen, '').replaceAll(/\s+/g, ' ').trim();
  if (clean === '' || /^\.+$/.test(clean)) return 'file';
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(clean)?.[0] ?? '';
  return cutToBytes(clean.slice(0, clean.length - ending.length), mostBytes - ending.length) + ending;
}
