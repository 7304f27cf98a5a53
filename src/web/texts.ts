import { countOf, type Status } from '../core/index.ts';

/** A status in a word and what that word means to a reader, with the colour of its tag. */
export interface StatusText {
  readonly word: string;
  readonly meaning: string;
  readonly colour: 'green' | 'yellow' | 'grey';
}

const statuses: Readonly<Record<Status, StatusText>> = {
  sound: { word: 'Sound', meaning: 'You can rely on this.', colour: 'green' },
  caution: { word: 'Caution', meaning: 'Be careful how you use this.', colour: 'yellow' },
  'cannot-tell': { word: 'Cannot tell yet', meaning: 'The data cannot answer this yet.', colour: 'grey' },
};

/** Every sentence of the pages that does not come from a Result, in one place so that Welsh is possible. */
export const texts = {
  language: 'en',
  product: 'Wellspent',
  skip: 'Skip to main content',
  phase: {
    tag: 'Alpha',
    text: 'This is a new tool. Check a figure before you act on it: every page shows how it was worked out.',
  },
  demonstration: {
    tag: 'Demonstration data',
    text: 'These figures are made up to show what Wellspent does. They do not describe a real service.',
    explained: 'The figures on this page are made up. Do not quote them.',
  },
  footer: {
    made: 'Wellspent is free, open-source software. It is not a government service.',
    private: 'It runs on this computer. Nothing on these pages is sent anywhere.',
  },
  navigation: {
    label: 'Pages',
    crumbs: 'Where you are',
    services: 'All services',
    home: 'Home',
    measure: 'Measure',
    find: 'Find',
    charter: 'Charter',
    data: 'Data',
    methods: 'Methods',
  },
  statuses,
  services: {
    title: 'Your services',
    lead: 'Choose a service to see whether it does what it is for, what holds it back and what to do next.',
    empty: 'No service is open. Start again and name a folder: wellspent serve FOLDER',
    broken: 'This service cannot be opened.',
    brokenHint: 'Open it to see what is wrong and how to mend it.',
  },
  home: {
    page: 'Home',
    next: 'Do this next',
    answered: 'What we can answer today',
    unanswered: 'What we cannot tell yet',
    unansweredLead: 'What would tell is under each question.',
    nothingAnswered: 'None of the questions can be answered from the data there are.',
    evidence: 'See the evidence',
    about: 'About these data',
    started: 'Where to look',
  },
  verbs: {
    measure: {
      title: 'Measure',
      lead: 'Are we achieving more of what we are for, for what we use?',
      empty: 'There is nothing to measure yet. Add an extract with cases or volumes.',
    },
    find: {
      title: 'Find',
      lead: 'What holds us back, behind the scenes?',
      empty: 'There is nothing to find yet: that needs an event log, with a row for each step of each case.',
    },
    more: 'See the evidence',
  },
  result: {
    figures: 'Key figures',
    otherFigures: 'Other figures',
    interval: (level: string) => `${level} interval`,
    meaning: 'What the intervals mean',
    cannotTell: 'Cannot tell',
    caveats: 'Cautions',
    readCaveats: 'Read the cautions',
    next: 'What to do next',
    chart: 'Chart',
    outline: 'Read this map as a list',
    table: 'Table',
    csv: 'Download this table (CSV)',
    csvOf: (title: string) => `: ${title}`,
    allRows: (n: number) => `See all ${countOf(n, 'row')}`,
    firstRows: (shown: number, n: number) => `The first ${shown} of ${countOf(n, 'row')} are shown.`,
    lastRows: (shown: number, n: number) => `The last ${shown} of ${countOf(n, 'row')} are shown.`,
    noRows: 'This table has no rows.',
    yes: 'Yes',
    no: 'No',
    scrolls: (title: string) => `${title} (scrolls sideways)`,
    figureColumns: { name: 'Figure', value: 'Value', interval: 'Interval', period: 'Period' },
  },
  working: {
    title: 'How this was worked out',
    method: 'Method',
    definition: 'Definition',
    definitionText: (service: string, version: string) => `charter of ${service}, version ${version}`,
    noDefinition: 'No charter was used.',
    fingerprint: 'Fingerprint',
    parameters: 'Settings',
    seed: 'Seed of random numbers',
    version: 'Version of Wellspent',
    sources: 'Where the rows came from',
    counts: (rowsIn: string, used: string, aside: string) =>
      `${rowsIn} rows came in: ${used} used, ${aside} set aside`,
    queries: 'Queries, as they ran',
    query: (n: number, name: string) => `Query ${n}: ${name}`,
    values: 'Values filled in, in order:',
    recompute: 'Work it out again yourself',
    recomputeLead: 'These commands give the headline figures again, from the numbers in the tables.',
    recomputeItem: (n: number, method: string) => `Command ${n}: ${method}`,
  },
  table: { rows: (n: number) => countOf(n, 'row'), back: 'Back to the answer' },
  methods: {
    title: 'Methods',
    lead: 'Every calculation that Wellspent makes can be run by itself, so that you can check any figure.',
    page: 'Method',
    source: 'Where it comes from',
    run: 'How to run it',
    runLead: 'Save the example as input.json, then:',
    input: 'What goes in (JSON Schema)',
    output: 'What comes out (JSON Schema)',
    exampleInput: 'Example: what goes in',
    exampleOutput: 'Example: what comes out',
    name: 'Name of the command',
  },
  twins: {
    label: 'This page for machines:',
    json: 'JSON',
  },
  errors: {
    notFoundTitle: 'Page not found',
    notFound: 'There is no page at this address. If you typed it, check it is correct.',
    notFoundNext: 'Go to the first page',
    troubleTitle: 'Sorry, there is a problem',
    trouble: 'Something went wrong on our side. Nothing you did caused it, and no data were changed.',
    troubleNext: 'Look at the messages where you started Wellspent, then try again.',
    brokenTitle: 'This service cannot be opened',
    broken: 'Something in its folder needs mending first. Each fault is listed with what to do.',
    found: 'Found:',
    where: 'Where:',
    hint: 'Try:',
    hostTitle: 'Address not allowed',
    host: 'This server answers only to this computer. Use the address it printed when it started.',
  },
} as const;
