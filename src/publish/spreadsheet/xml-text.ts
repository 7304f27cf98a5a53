// Control characters that XML 1.0 cannot hold, and lone surrogates.
const unwritable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken away.
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

/** Text as it stands in XML, in an element or in quotes. What XML cannot hold becomes a replacement character. */
export function xmlText(text: string): string {
  return text.replaceAll(unwritable, '\ufffd').replaceAll(/[&<>"\n\r\t]/g, (c) => entities[c] ?? c);
}

/** An element with attributes and what is inside it, which is XML already. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  inside = '',
): string {
  const words = Object.entries(attributes).map(([key, value]) => ` ${key}="${xmlText(String(value))}"`);
  return inside === '' ? `<${name}${words.join('')}/>` : `<${name}${words.join('')}>${inside}</${name}>`;
}
