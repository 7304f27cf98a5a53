/** A page ready to be written: its template with what fills it, and the same content for machines. */
export interface Page {
  readonly template: string;
  /** Parts of the title before "Wellspent", most particular first. */
  readonly title: readonly string[];
  /** What the template is given. */
  readonly content: object;
  /** The page's JSON twin. */
  readonly json: unknown;
  readonly crumbs?: readonly Crumb[];
  /** The entry of the service's navigation that is current. */
  readonly section?: Section;
}

export type Section =
  | 'home'
  | 'measure'
  | 'find'
  | 'people'
  | 'options'
  | 'charter'
  | 'data'
  | 'checks'
  | 'methods';

/** What an address asks after its question mark; a key given twice is left out. */
export type Query = Readonly<Record<string, string | undefined>>;

/** A step on the way back up. */
export interface Crumb {
  readonly text: string;
  readonly href: string;
}

/** The service a page belongs to. */
export interface PageService {
  readonly id: string;
  readonly title: string;
  readonly demonstration: boolean;
}
