import type { ExtractKind } from '../../define/index.ts';

/** How a field's text is read. `id` and `pseudonym` become keyed hashes; `name` is text that must be there. */
export type FieldReading = 'id' | 'name' | 'text' | 'pseudonym' | 'time' | 'number' | 'period' | 'boolean';

/** Whose identifier it is: equal numbers of different kinds never get the same pseudonym. */
export type IdentityKind = 'case' | 'person' | 'worker' | 'contact' | 'row';

/** A field of a table: how its text is read, whether it must be there, and the names it is recognised by. */
export interface Field {
  readonly name: string;
  readonly reading: FieldReading;
  readonly required?: boolean;
  readonly identity?: IdentityKind;
  /** Numbers that can be; any by default. */
  readonly least?: 'zero' | 'above zero';
  /** Names by which a column is recognised, best first: lower case, letters and digits only. */
  readonly aliases: readonly string[];
}

const person: Field = {
  name: 'person',
  reading: 'pseudonym',
  identity: 'person',
  aliases: [
    'person',
    'personid',
    'customer',
    'customerid',
    'applicant',
    'applicantid',
    'citizen',
    'client',
    'clientid',
    'patient',
    'patientid',
    'nhsnumber',
    'nino',
    ...['nhsno', 'ninumber', 'nationalinsurancenumber', 'nationalinsuranceno'],
  ],
};
const team: Field = {
  name: 'team',
  reading: 'text',
  aliases: [
    ...['team', 'orggroup', 'orgrole', 'teamname', 'agentposition', 'queue', 'queuename', 'unit', 'office'],
  ],
};
const minutes: Field = {
  name: 'minutes',
  reading: 'number',
  aliases: ['minutes', 'touchminutes', 'handlingminutes', 'workminutes'],
};
/** What a case is called, and what its reference: "Claim ref", "Application number". */
const caseNames = ['case', 'application', 'claim', 'referral', 'appeal', 'permit', 'licence'];
const referenceNames = ['id', 'ref', 'reference', 'number', 'no', 'referencenumber', 'refno'];
const caseId: Field = {
  name: 'case_id',
  reading: 'id',
  identity: 'case',
  required: true,
  aliases: [
    ...['caseid', 'caseconceptname', 'case'],
    ...caseNames.flatMap((name) => referenceNames.map((reference) => `${name}${reference}`)),
    ...['serviceid', 'ticketid', 'ticket', 'application', 'claim', 'traceid', 'processinstance'],
  ],
};

/** Who did or is to do something, as headers say it: from work on the case to the keeping of its record. */
const whoDid = [
  ...['done', 'performed', 'carriedout', 'completed', 'handled', 'dealtwith', 'processed', 'actioned'],
  ...['workedon', 'worked', 'assessed', 'reviewed', 'checked', 'approved', 'decided', 'resolved', 'closed'],
  ...['entered', 'recorded', 'logged', 'created', 'updated', 'lastupdated', 'modified', 'lastmodified'],
  ...['changed', 'edited'],
]
  .map((word) => `${word}by`)
  .concat('assignedto', 'allocatedto')
  .flatMap((name) => [name, `${name}id`, `${name}name`]);

/** Names of columns that hold who of the staff did a thing, or is to. */
export const staffNames: ReadonlySet<string> = new Set([
  ...whoDid,
  ...['caseworker', 'caseofficer', 'casemanager', 'casehandler', 'handler', 'officer', 'adviser', 'advisor'],
  ...['assignee', 'assignedofficer', 'allocatedofficer', 'employee', 'performer', 'username', 'userid'],
  ...[
    'workerid',
    'agentid',
    'staffid',
    'employeeid',
    'officerid',
    'adviserid',
    'staffnumber',
    'employeenumber',
  ],
]);

/** Names of columns that may as well hold a day, or hours: completed by Friday. */
export const mayBeWhen: ReadonlySet<string> = new Set(whoDid);

const events: readonly Field[] = [
  caseId,
  {
    name: 'step',
    reading: 'name',
    required: true,
    aliases: [
      'step',
      'conceptname',
      'activity',
      'activityname',
      'stepname',
      'task',
      'taskname',
      'operation',
      'event',
      'eventname',
      'eventtype',
      'action',
      'milestone',
      'stage',
      'status',
    ],
  },
  {
    name: 'started',
    reading: 'time',
    aliases: [
      'started',
      'starttimestamp',
      'start',
      'starttime',
      'startedat',
      'startdate',
      'begin',
      'begintime',
    ],
  },
  {
    name: 'finished',
    reading: 'time',
    aliases: [
      'finished',
      'timetimestamp',
      'completetimestamp',
      'endtimestamp',
      'end',
      'endtime',
      'enddate',
      'finish',
      'finishedat',
      'completiontime',
      'completed',
      'completedat',
      'timestamp',
      'at',
      'eventtime',
      'time',
      'when',
      'datetime',
      'occurred',
      'occurredat',
      'date',
    ],
  },
  {
    name: 'logged',
    reading: 'time',
    aliases: ['logged', 'loggedat', 'recorded', 'recordedat', 'loggedtime'],
  },
  {
    name: 'worker',
    reading: 'pseudonym',
    identity: 'worker',
    aliases: [
      'worker',
      'workerid',
      'orgresource',
      'resource',
      'user',
      'userid',
      'username',
      'agent',
      'agentid',
      'adviser',
      'caseworker',
      'caseofficer',
      ...[
        'caseworkername',
        'officername',
        'advisername',
        'agentname',
        'staffname',
        'employeename',
        'handlername',
      ],
      'assignedto',
      'assignee',
      'handler',
      'officer',
      'employee',
      'staff',
      'performer',
      ...whoDid,
    ],
  },
  team,
  { name: 'system', reading: 'text', aliases: ['system', 'sourcesystem', 'application system'] },
  { name: 'channel', reading: 'text', aliases: ['channel'] },
  { name: 'kind', reading: 'text', aliases: ['kind', 'eventkind'] },
  minutes,
  {
    name: 'lifecycle',
    reading: 'text',
    aliases: ['lifecycle', 'lifecycletransition', 'eventlifecycle'],
  },
  {
    name: 'instance',
    reading: 'text',
    aliases: ['conceptinstance', 'activityinstance', 'activityinstanceid', 'stepinstance'],
  },
  person,
];

const cases: readonly Field[] = [
  caseId,
  { name: 'type', reading: 'text', aliases: ['type', 'casetype'] },
  {
    name: 'opened',
    reading: 'time',
    aliases: [
      'opened',
      'openedat',
      'opendate',
      'received',
      'receivedat',
      'created',
      'createdat',
      'createddate',
      'submitted',
      ...[
        'datereceived',
        'receiveddate',
        'receiptdate',
        'dateopened',
        'openeddate',
        'datecreated',
        'createdon',
      ],
      ...['datesubmitted', 'submitteddate', 'submissiondate', 'dateraised', 'raiseddate', 'datelogged'],
    ],
  },
  {
    name: 'closed',
    reading: 'time',
    aliases: [
      'closed',
      'closedat',
      'closedate',
      'closeddate',
      'decided',
      'decidedat',
      'completed',
      'completedat',
      'resolved',
      ...['dateclosed', 'closuredate', 'closedon', 'datedecided', 'decisiondate', 'dateofdecision'],
      ...[
        'datecompleted',
        'completeddate',
        'completiondate',
        'dateresolved',
        'resolveddate',
        'resolutiondate',
      ],
    ],
  },
  { name: 'outcome', reading: 'text', aliases: ['outcome', 'result', 'decision', 'resolution'] },
  person,
];

const contacts: readonly Field[] = [
  {
    name: 'contact_id',
    reading: 'pseudonym',
    identity: 'contact',
    aliases: ['contactid', 'callid', 'contact', 'interactionid'],
  },
  { ...caseId, reading: 'pseudonym', required: false },
  {
    ...person,
    aliases: [
      ...person.aliases,
      ...['customerendpoint', 'customerendpointaddress', 'callernumber', 'callingnumber', 'callerid', 'ani'],
      ...['customerphonenumber', 'customernumber', 'phonenumber', 'customeremail'],
    ],
  },
  {
    name: 'at',
    reading: 'time',
    required: true,
    aliases: [
      ...['at', 'timestamp', 'started', 'start', 'starttime', 'time', 'datetime', 'date'],
      ...['initiationtimestamp', 'conversationstart', 'calltime', 'when'],
    ],
  },
  { name: 'channel', reading: 'text', aliases: ['channel', 'medium', 'mediatype'] },
  { name: 'direction', reading: 'text', aliases: ['direction', 'initiationmethod'] },
  { name: 'reason', reading: 'text', aliases: ['reason', 'topic', 'subject', 'reasoncode'] },
  minutes,
  team,
  { name: 'answered', reading: 'boolean', aliases: ['answered', 'isanswered'] },
  {
    name: 'worker',
    reading: 'pseudonym',
    identity: 'worker',
    aliases: [
      ...['worker', 'agent', 'agentid', 'agentusername', 'agentname', 'adviser', 'userid', 'username'],
      ...['answeredby', 'takenby', ...whoDid],
    ],
  },
  {
    name: 'previous_contact',
    reading: 'pseudonym',
    identity: 'contact',
    aliases: ['previouscontactid', 'previouscontact', 'transferredfrom'],
  },
  {
    name: 'first_contact',
    reading: 'pseudonym',
    identity: 'contact',
    aliases: ['initialcontactid', 'firstcontactid', 'initialcontact'],
  },
];

const period: Field = {
  name: 'period',
  reading: 'period',
  required: true,
  aliases: ['period', 'month', 'quarter', 'week', 'date', 'periodstart', 'year'],
};
const output: Field = {
  name: 'output',
  reading: 'name',
  required: true,
  aliases: ['output', 'outputid', 'type', 'product', 'activity', 'service'],
};

const volumes: readonly Field[] = [
  period,
  output,
  {
    name: 'quantity',
    reading: 'number',
    required: true,
    least: 'zero',
    aliases: ['quantity', 'volume', 'count', 'number', 'n'],
  },
  { name: 'unit_cost', reading: 'number', least: 'above zero', aliases: ['unitcost', 'price', 'cost'] },
  { name: 'fixed_cost', reading: 'number', least: 'zero', aliases: ['fixedcost'] },
];

const inputs: readonly Field[] = [
  period,
  { name: 'input', reading: 'name', required: true, aliases: ['input', 'inputid', 'item'] },
  { name: 'category', reading: 'text', aliases: ['category'] },
  { name: 'volume', reading: 'number', aliases: ['volume', 'quantity', 'fte', 'hours'] },
  { name: 'cost', reading: 'number', aliases: ['cost', 'amount', 'spend'] },
  { name: 'deflator', reading: 'number', aliases: ['deflator', 'priceindex'] },
];

const quality: readonly Field[] = [
  period,
  { ...output, required: false },
  {
    name: 'measure',
    reading: 'name',
    required: true,
    aliases: ['measure', 'measureid', 'quality', 'indicator'],
  },
  { name: 'value', reading: 'number', required: true, aliases: ['value', 'share', 'rate'] },
  { name: 'n', reading: 'number', aliases: ['n', 'base', 'denominator', 'count'] },
];

/** The fields that an extract of each kind can fill. */
export const fieldsOf: Readonly<Record<ExtractKind, readonly Field[]>> = {
  events,
  cases,
  contacts,
  volumes,
  inputs,
  quality,
};

/** Case fields that an event extract may carry, in columns that start with `case:`. */
export const caseFieldsInEvents = cases.filter((field) => field.name !== 'case_id');

/** Fields that a row which holds a case and the dates of its steps can fill. */
export const fieldsOfCaseRows: readonly Field[] = [
  caseId,
  ...caseFieldsInEvents.filter((field) => field.reading !== 'time'),
];
