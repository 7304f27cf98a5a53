import type { ErrorEntry } from './error-entry.ts';

export const ingestErrors = {
  // A whole file
  FILE_EMPTY: {
    meaning: 'The file holds nothing: no bytes, or only blank lines.',
    remedy: 'Check that the export finished, and export it again.',
  },
  HEADER_BLANK: {
    meaning:
      'The line where the names of the columns should be is blank, or holds data, so nothing tells what the columns hold.',
    remedy: 'Write the names of the columns into the first line, or export the file again with its header.',
  },
  NOT_AN_EVENT_LOG: {
    meaning: 'The content is not a table or an event log that we know, whatever the name of the file says.',
    remedy:
      'Open the file and look at its first lines. Give CSV, an Excel workbook, JSON, Parquet, XES or OCEL.',
  },
  FORMAT_NOT_READ_YET: {
    meaning: 'We know this format but cannot read it in this version.',
    remedy: 'Save it as CSV (UTF-8) and add that.',
  },
  INPUT_TRUNCATED: {
    meaning: 'The file ends in the middle. Nothing of it was brought in.',
    remedy: 'Copy or export the file again.',
  },
  INPUT_CHANGED: {
    meaning: 'The file was written to while it was read. Nothing of it was brought in.',
    remedy: 'Wait until the export or the copy has ended, then add it again.',
  },
  INPUT_DAMAGED: {
    meaning: 'The file cannot be unpacked or read: its content is damaged. Nothing of it was brought in.',
    remedy: 'Copy or export the file again.',
  },
  INPUT_TOO_LARGE: {
    meaning: 'The file unpacks to far more than its size suggests, or to more than the limit.',
    remedy: 'If you trust the file, unpack it yourself and add the unpacked file.',
  },
  INPUT_ENCRYPTED: {
    meaning: 'The file is locked with a password, so nothing of it can be read.',
    remedy: 'Open it, save a copy without a password, and add the copy.',
  },
  SHEET_AMBIGUOUS: {
    meaning: 'The workbook has several sheets, and which one to read was not said.',
    remedy: 'Say which with --sheet NAME, or `sheet: NAME` in service.yaml.',
  },
  SHEET_NOT_FOUND: {
    meaning: 'The file has no sheet of that name.',
    remedy: 'Use one of the names listed, or take the option out if the file is no workbook.',
  },
  DELIMITER_WRONG: {
    meaning: 'What was said to separate the values is not one character, or the file is no delimited text.',
    remedy: 'Give one character, `tab` or `space`; or leave it out, and it is found.',
  },
  OBJECT_TYPE_AMBIGUOUS: {
    meaning: 'The log holds several types of objects, and which of them is a case was not said.',
    remedy: 'Say which with --object-type TYPE, or `object_type: TYPE` in service.yaml.',
  },
  OBJECT_TYPE_NOT_FOUND: {
    meaning: 'No event of the file concerns an object of that type.',
    remedy: 'Use one of the types listed, or take the option out if the file is no object-centric log.',
  },
  JSON_MALFORMED: {
    meaning:
      'The text breaks the rules of JSON. A broken line of NDJSON is set aside; of a broken document nothing is brought in.',
    remedy: 'Export it again, or repair the line named.',
  },
  JSON_TOO_DEEP: {
    meaning: 'The JSON is nested deeper than any table or event log needs (64 levels).',
    remedy: 'Export it again as a flat list of objects.',
  },
  JSON_LIST_AMBIGUOUS: {
    meaning: 'The JSON document holds several lists of objects, and only one can be the rows.',
    remedy: 'Save each list as a file of its own and add those.',
  },
  LIST_IN_FIELD: {
    meaning: 'A field that holds one value was given a list of values.',
    remedy: 'Export one value a row for that field, or map the field to another column.',
  },
  TOO_MANY_COLUMNS: {
    meaning: 'The file has more columns than any table needs (1,000).',
    remedy:
      'Export fewer columns. If keys of the JSON are data, such as dates, export them as values of one column.',
  },
  XML_DOCTYPE: {
    meaning:
      'The XML declares a document type. Event logs need none, and it can be used to read other files.',
    remedy: 'Remove the DOCTYPE, or export the log again from its own system.',
  },
  XML_TOO_DEEP: {
    meaning: 'The XML is nested deeper than any event log needs (64 levels).',
    remedy: 'Export the log again without nested attributes.',
  },
  XML_MALFORMED: {
    meaning: 'The XML breaks the rules of XML, so it cannot be read safely. Nothing of it was brought in.',
    remedy:
      'Export the log again, or repair the line named: write "&" as "&amp;" and "<" as "&lt;", close each element, and keep one root.',
  },
  TRACE_NAMED_LATE: {
    meaning:
      'The log names a trace only after so many of its events that those before had to be passed on without its name. Nothing of it was brought in.',
    remedy:
      'Export the log with the attributes of each trace before its events, as the standard of event logs (XES) has it.',
  },
  ENCODING_UNKNOWN: {
    meaning: 'The text is not UTF-8, and bytes alone cannot tell which other encoding it is.',
    remedy: 'Say which: `encoding: windows-1252` is usual for files saved by Excel in Britain.',
  },
  MAPPING_INCOMPLETE: {
    meaning: 'A column that the table needs was neither named nor recognised.',
    remedy: 'Name it in `map`, as `field: column of the file`.',
  },
  COLUMN_TWICE: {
    meaning: 'The mapping gives one column to two fields, and a column can fill only one.',
    remedy: 'Name another column for one of them, or take that line out of `map`.',
  },
  COLUMN_MISSING: {
    meaning: 'The mapping names a column that the file does not have.',
    remedy: 'Correct the name, or take the line out of `map`.',
  },
  SHAPE_INCOMPLETE: {
    meaning:
      'The shape that was stated needs a column that the file does not have or that was not recognised.',
    remedy: 'Name the column, or state another shape: `rows`, `wide` or `history`.',
  },
  HISTORY_FIELD_UNKNOWN: {
    meaning:
      "The file is a history of changed fields, and which field's changes are the steps of a case was not said.",
    remedy: 'Say which with --field NAME, or `field: NAME` in service.yaml.',
  },
  MAPPING_KEY_MISSPELT: {
    meaning:
      'A key of `map` (or of `--map`) is one slip from a field of the table: as it stands the column would become an attribute, kept as the file has it, and the field stay empty.',
    remedy:
      'Write the field as named. To keep an attribute of that name, map the field as well, or give the attribute another name.',
  },
  EXTRACT_READ_OTHERWISE: {
    meaning:
      'The charter now says of an extract how to read it, and the workspace was built with another reading: figures are still of that one.',
    remedy: 'Add the file again; it takes the place of its earlier version.',
  },
  DATE_ORDER_AMBIGUOUS: {
    meaning:
      'Every date in the column reads both as day/month and as month/day, or as many can only be the one as can only be the other.',
    remedy: 'Say which with --day-first or --month-first, or `day_first: true` in service.yaml.',
  },
  WORK_UNIT_UNKNOWN: {
    meaning: 'A column of time worked may count hours, minutes or seconds, and which was not said.',
    remedy: 'Say which with --minutes-in UNIT, or `minutes_in: UNIT` in service.yaml.',
  },
  TIMEZONE_UNKNOWN: {
    meaning: 'The time zone is not one that we know.',
    remedy: 'Use a name such as Europe/London or UTC.',
  },
  ALL_ROWS_SET_ASIDE: {
    meaning: 'Not one row of the file could be used, so nothing was brought in.',
    remedy: 'Look at the reasons; usually one column is mapped wrongly or in another format.',
  },
  WORKSPACE_BUSY: {
    meaning: 'Another program is bringing data into this workspace.',
    remedy:
      'Wait until it has finished and run the command again. The lock of a program that was killed is taken over by itself: at once, or, where that program ran in another container, on another machine or before the computer was started again, a minute after it was last heard of.',
  },
  LOCK_LOST: {
    meaning:
      'Another program took over the lock on this workspace while this one was bringing data in: it had not been heard of for a minute (a machine that slept, a container that was paused), or somebody deleted the lock. This import wrote nothing into the workspace.',
    remedy: 'Wait until the other program has finished and run the command again.',
  },
  MANIFEST_DAMAGED: {
    meaning: 'The list of what the workspace holds (.wellspent/manifest.json) cannot be read.',
    remedy: 'Delete the .wellspent folder and add the extracts again; the extracts are the source of truth.',
  },
  KEY_UNREADABLE: {
    meaning: 'The key that turns identifiers into pseudonyms cannot be read or made.',
    remedy:
      'Check the path in WELLSPENT_KEY_FILE and its permissions. The file must hold at least 32 characters.',
  },
  KEY_DIFFERS: {
    meaning:
      'The workspace was built with another key for pseudonyms. Rows of one case would get two names, so nothing was brought in.',
    remedy:
      'Name the key kept from before in WELLSPENT_KEY_FILE. If it is lost, delete the .wellspent folder and add every extract again.',
  },
  // One row
  TOO_FEW_FIELDS: {
    meaning: 'The row has fewer fields than the header. Fields are never made up.',
    remedy: 'Repair the row in the source; often a line break inside a value is not in quotes.',
  },
  TOO_MANY_FIELDS: {
    meaning: 'The row has more fields than the header. Fields are never cut.',
    remedy: 'Repair the row in the source; often a delimiter inside a value is not in quotes.',
  },
  QUOTE_NOT_CLOSED: {
    meaning: 'A quoted value in the row never ends, or ends in the wrong place.',
    remedy: 'Double the quotes inside the value, or take the stray quote out.',
  },
  HEADER_REPEATED: {
    meaning:
      'The row holds the names of the columns once more, as at the top of each printed page; it is not data.',
    remedy: 'None needed: it is set aside so that it is not counted as a case.',
  },
  RULE_ROW: {
    meaning: 'The row only draws a line below the names of the columns, as databases do; it is not data.',
    remedy: 'None needed: it is set aside so that it is not counted as a case.',
  },
  TRAILER_ROW: {
    meaning: 'The last row is a total or an end mark, not data.',
    remedy: 'None needed: it is set aside so that it is not counted as a case.',
  },
  CASE_ID_EMPTY: {
    meaning: 'The row does not say which case it belongs to.',
    remedy: 'Fill the case id in the source.',
  },
  ID_BROKEN: {
    meaning:
      'The id holds a character that was lost (half of a pair, or the mark "\ufffd"), so that different ids would look the same.',
    remedy: 'Correct it in the source, or export it again: the text was cut or written in a wrong encoding.',
  },
  STEP_EMPTY: {
    meaning: 'The row does not say which step it is.',
    remedy: 'Fill the step in the source.',
  },
  REQUIRED_EMPTY: {
    meaning: 'A field that the table needs is empty in this row.',
    remedy: 'Fill it in the source.',
  },
  TIME_UNPARSABLE: {
    meaning: 'There is text where a time should be, and it is not a time that exists.',
    remedy:
      'Write it as 2026-04-01, 01/04/2026 or 1 April 2026, with a time of day beside it or none, and correct it in the source. An empty time is fine; a wrong one is not.',
  },
  NUMBER_UNPARSABLE: {
    meaning: 'There is text where a number should be.',
    remedy: 'Correct it in the source, or list the word under `nulls` if it means "missing".',
  },
  NUMBER_IMPOSSIBLE: {
    meaning: 'The number cannot be: a quantity or a fixed cost below zero, or a unit cost of zero or less.',
    remedy: 'Correct it in the source; leave a unit cost that is not known empty, never 0.',
  },
  VALUE_TOO_LONG: {
    meaning:
      'The value is longer than any real one (10,000 characters for names and ids, a million for others).',
    remedy: 'Look at the row in the source: a quote or a delimiter may be missing.',
  },
  FINISH_BEFORE_START: {
    meaning: 'The row finishes before it starts.',
    remedy: 'Correct it in the source, or check that the two columns are mapped the right way round.',
  },
  ROW_NOT_OBJECT: {
    meaning: 'A member of the JSON list is a plain value or a list, where each should be an object.',
    remedy: 'Export each row as an object with named values.',
  },
  JSON_KEY_TWICE: {
    meaning: 'The object has the same key twice, so one value would hide the other.',
    remedy: 'Correct the export: each key may stand once in an object.',
  },
  OCEL_DUPLICATE_ID: {
    meaning: 'An event or object has an id that an earlier one has. The first was kept.',
    remedy: 'Correct the ids in the source; two different events must not share one.',
  },
  OCEL_ID_EMPTY: {
    meaning: 'An event or object has no id, or one of over 10,000 characters.',
    remedy: 'Give it an id in the source.',
  },
  OCEL_NO_OBJECT: {
    meaning: 'The event concerns no object of the type that was chosen as the case, so no case can hold it.',
    remedy: 'None needed. To see these events, choose a type of object that they concern.',
  },
  OTHER_FIELD: {
    meaning: 'The row records a change of another field than the one whose changes are the steps.',
    remedy: 'None needed. To see another field, add the file again with that field.',
  },
  DUPLICATE_ROW: {
    meaning: 'The row is equal to another one that is used, and `dedupe` asks for one of them.',
    remedy: 'None needed. To keep equal rows, take `dedupe` out.',
  },
  SUPERSEDED_ROW: {
    meaning:
      'The same row came again, in a later extract, in one that holds the end of the step, or as a newer version by the key that `dedupe` states: that one is used.',
    remedy:
      'None needed where they are the same. Events are told apart by an id where extracts share one, else by case, step, times and worker as far as both extracts have them. Where each has an id of its own, add every extract with `--dedupe "column of the id"`, or say so in the charter.',
  },
  // A notice: nothing is wrong, but it should be known
  OCEL_DANGLING_OBJECT: {
    meaning: 'An event or object refers to an object that the log does not hold.',
    remedy: 'Export the log again with all objects; the references named lead nowhere.',
  },
  OCEL_UNDECLARED_TYPE: {
    meaning: 'An event or object is of a type that the log does not declare. It was read all the same.',
    remedy: 'Check the spelling of the type in the source.',
  },
  OCEL_UNDECLARED_ATTRIBUTE: {
    meaning: 'An event or object has an attribute that its type does not declare. It was read all the same.',
    remedy: 'None needed unless the name is a slip.',
  },
  OCEL_ATTRIBUTE_KIND: {
    meaning: 'The value of an attribute is not of the kind that its type declares.',
    remedy: 'Correct the value or the declaration in the source.',
  },
  OCEL_VALUES_CHANGED: {
    meaning: 'Attributes of objects changed over time; the case table holds the last value of each.',
    remedy: 'None needed, but do not read them as what was known when the case began.',
  },
  SHAPE_GUESSED: {
    meaning:
      'The file does not hold an event in each row; what its rows or columns stand for was recognised by their names and contents.',
    remedy: 'Check the steps named, and write `shape` with `steps` or `field` into service.yaml to fix it.',
  },
  CASE_ROWS_REPEAT: {
    meaning:
      'Several rows of an extract of cases have one case id. They are one case: in each column the last row that holds a value stands.',
    remedy:
      'None needed where the rows are equal. Else state `dedupe` with the column of the id, so that the last row stands as a whole and the others are set aside and counted; or bring the file in as events, if its rows are steps.',
  },
  CASES_SAID_OTHERWISE: {
    meaning:
      'An extract of cases holds other values for some cases than extracts added before it. In each column the value that is said last stands.',
    remedy:
      'None needed where the later extract is the newer. Else add the newer one again under a name of its own, or correct the values at their source.',
  },
  CASES_MAY_BE_REOPENED: {
    meaning:
      'An earlier extract says when some cases were closed, and a later one holds them with nothing in that column. A blank says nothing, so they count as closed.',
    remedy:
      'If they are open again, add all extracts of cases again with `dedupe` on the column of the id, so that the row of the latest stands as a whole.',
  },
  TOTALS_STAND_BESIDE: {
    meaning:
      'Rows of a table of totals have the same period and name as rows of an earlier extract, and other words in a text column. They may be parts of one total, as teams are, or two versions of it: all are counted.',
    remedy:
      'None needed where the column is a breakdown. Where it is not, as the words "provisional" and "final" are none, add all extracts of the table again without that column (`drop`), so that the later row takes the place of the earlier.',
  },
  ROWS_SPREAD: {
    meaning: 'Each row holds a case with several dates, and each date became an event.',
    remedy: 'None needed; rows used plus rows added are events plus cases without any.',
  },
  FLATTENED: {
    meaning:
      'An object-centric log was made into cases of one type of object. Events of several such objects are repeated, and events of none are left out.',
    remedy: 'Count events by ocel_event_id, and look at the log by other types of objects as well.',
  },
  JSON_LIST_CHOSEN: {
    meaning: 'The rows were taken from the only list of objects inside the JSON document.',
    remedy: 'Check that it is the right list.',
  },
  LISTS_JOINED: {
    meaning: 'Lists of values inside rows were joined into one text.',
    remedy: 'None needed unless you want to count single values; then export one a row.',
  },
  HIDDEN_CELLS: {
    meaning: 'Rows or columns that are hidden in the workbook were read like all others.',
    remedy: 'Delete them from the sheet if they are not to count.',
  },
  FORMULA_EMPTY: {
    meaning: 'Formulas without a stored value were read as empty, since formulas are never run.',
    remedy: 'Open the workbook in a spreadsheet program, save it, and add it again.',
  },
  CELL_ERRORS: {
    meaning: 'Cells hold an error such as #N/A or #REF!, which was kept as text.',
    remedy: 'Repair the formulas, or list the errors under `nulls` if they mean "missing".',
  },
  MERGED_CELLS: {
    meaning: 'Cells are merged. Only the first cell of a merged range holds its value; the others are empty.',
    remedy: 'Unmerge them and fill the value down if each row should carry it.',
  },
  DATES_AS_TEXT: {
    meaning: 'A column of the sheet holds dates and also texts that look like dates. Both were read.',
    remedy:
      'Check the order of day and month of the texts; spreadsheets turn what they recognise into dates.',
  },
  CONTACTS_TRANSFERRED: {
    meaning: 'Contacts were passed on: each transfer is a contact of its own that names the one before it.',
    remedy: 'Count people served by `first_contact` where it is filled; a transfer is no new call for help.',
  },
  CONTACTS_REPEATED: {
    meaning:
      'Several rows carry the same contact id, as when a telephony system delivers a record more than once.',
    remedy:
      'Keep the latest of each with `dedupe` and `keep_latest_by`, if the rows are versions of one record.',
  },
  ID_AS_NUMBER: {
    meaning:
      'Identifiers are held as numbers of different lengths, so leading zeros may have been lost and two ids may have become one.',
    remedy: 'Format the column as text in the source before the values are entered or pasted.',
  },
  ID_DAMAGED: {
    meaning:
      'Identifiers were turned into numbers such as 1.23E+11 by a spreadsheet. Several true ids may share one such text.',
    remedy: 'Take the ids from their source again, with the column formatted as text.',
  },
  ID_SPELLINGS: {
    meaning:
      'Some identifiers have more than one blank inside, or accented letters that are composed of parts. They are compared with single blanks and composed letters, so that two which differ in nothing else are one case, person or worker. Blanks around an identifier never count.',
    remedy:
      'None needed where they mean the same. Where two became one, give them ids that differ in more than blanks.',
  },
  ALREADY_IMPORTED: {
    meaning: 'The same bytes with the same mapping are in the workspace already, so nothing was added.',
    remedy: 'None needed.',
  },
  SOURCE_MENDED: {
    meaning:
      'The same bytes were in the workspace already, but files below .wellspent were not as they had been written. The extract was read again and the tables made anew.',
    remedy: 'None needed. Find out what changed the files: nothing but Wellspent should write there.',
  },
  SOURCE_NAME_TAKEN: {
    meaning:
      'A file of that name fills that table already, with other content. Which of the two is meant to stay was not said, so nothing was brought in. A file outside the workspace is known by its last folder and its name; a log that only grew takes the place of its beginning without a question.',
    remedy:
      'Keep both with --also: a row that both hold counts once. Or let the new file take the place of the earlier one with --replace: the rows that only the earlier one holds go.',
  },
  SOURCE_REPLACED: {
    meaning:
      'A file of that name was in the workspace with other content or mapping; this one takes its place.',
    remedy: 'None needed. To keep both, add the file with --also, or keep each under a name of its own.',
  },
  SOURCE_BESIDE: {
    meaning:
      'A file of that name was in the workspace already. Both stay, so this one got a name of its own.',
    remedy: 'None needed.',
  },
  NO_ROWS: {
    meaning: 'The file has a header and no rows.',
    remedy: 'Check that the export covers the right period.',
  },
  TIME_NAIVE: {
    meaning: 'Times carry no offset from UTC, so they were read in the zone stated.',
    remedy: 'Check the zone; where the source can write offsets, ask for them.',
  },
  TIME_OFFSETS_MIXED: {
    meaning:
      'One column holds times with an offset from UTC and times without. Those without were read in the zone stated.',
    remedy:
      'Check that those without an offset are of that zone; if they are of another, state it with --timezone, or `timezone` of the extract in service.yaml.',
  },
  NUMBER_READS_BOTH_WAYS: {
    meaning:
      'A column holds numbers such as 1,234 and none that tells whether the comma is a decimal sign; it was read as a mark of thousands.',
    remedy:
      'Say which with --decimal comma or --decimal point, or `decimal: comma` of the extract in service.yaml, and bring the file in again.',
  },
  CLOCK_GAP: {
    meaning:
      'A time names a moment that the clocks skipped in spring; the offset before the change was used.',
    remedy: 'None needed; durations that touch it may be wrong by an hour.',
  },
  CLOCK_AMBIGUOUS: {
    meaning:
      'A time names a moment that happened twice when the clocks went back; the earlier one was used unless that put it before the previous row of its case.',
    remedy: 'None needed; durations that touch it may be wrong by an hour.',
  },
  TIME_24: {
    meaning: 'A time of 24:00 was read as 00:00 of the next day.',
    remedy: 'None needed.',
  },
  EXCEL_SERIAL: {
    meaning: 'A number in a time column was read as a spreadsheet date.',
    remedy: 'Check that the column holds dates; format it as a date before saving.',
  },
  SENTINEL: {
    meaning: 'A date that systems write for "none", such as 31/12/9999, was read as missing.',
    remedy: 'None needed.',
  },
  DATE_ORDER_MIXED: {
    meaning:
      'A column holds dates in two orders. The order of most that can only be one was used, for those that read both ways too; those that can only be the other were set aside.',
    remedy:
      'Correct the column in the source: of the dates that read both ways some may be taken with day and month exchanged.',
  },
  DATE_ORDER_YDM: {
    meaning: 'Dates are written year, day, month.',
    remedy: 'Check the first and last date shown.',
  },
  PERSONAL_COLUMN_DROPPED: {
    meaning:
      'A column is named as one that tells who people are or how to reach them, or holds emails, National Insurance numbers or full postcodes, so it was not brought in.',
    remedy:
      'If you need it and may hold it, name it in `map`; as `person` it becomes a pseudonym that tells people apart. In place of dates of birth and postcodes, ask for age bands and postcode districts.',
  },
  PEOPLE_AMONG_VALUES: {
    meaning:
      'Some values of a column that was kept hold an email, a National Insurance number or a full postcode, too few for the column to be left out.',
    remedy:
      'Look at the rows named. Leave the column out with --drop or `drop`, or take these values out of the extract; if you need them and may hold them, name the column in `map`.',
  },
  FREE_TEXT_DROPPED: {
    meaning: 'A column looks like free text, which may name people, so it was not brought in.',
    remedy:
      'Keep only the kinds of words in it with `words_in_note: …` in `map`; or, if you need it and may hold it, name it there.',
  },
  WORK_NOT_TAKEN: {
    meaning: 'A column may hold the time worked, and is not used as such.',
    remedy: 'Map it to `minutes` and say its unit with --minutes-in or `minutes_in` in service.yaml.',
  },
  BAD_START_LEFT_OUT: {
    meaning:
      'The start of some rows could not be read, and `on_bad_start: finish_only` keeps such rows by their end.',
    remedy:
      'None needed; the faults are listed with their lines. Their work counts as if its start were not known.',
  },
  EVENTS_WITHOUT_TIME: {
    meaning:
      'Some events carry no time. They are kept and counted, but stand outside every order and duration.',
    remedy: 'None needed; fill the times in the source if you can.',
  },
  CLASSIFIER_UNKNOWN_KEY: {
    meaning:
      'The log names a way to tell steps apart by an attribute that no event is declared to have or has.',
    remedy: 'None needed unless you want to use that classifier; then name columns instead, joined with `+`.',
  },
  CLASSIFIER_NOT_FOUND: {
    meaning: 'The log names no such classifier, and it has no columns of these names.',
    remedy: 'Name one of the classifiers listed, or columns joined with `+`.',
  },
  LIFECYCLE_FOUND: {
    meaning:
      'A column says of rows that they start or complete a step, so two rows may be one piece of work.',
    remedy:
      'Check that the choice is the right one; `lifecycle: pair` joins the rows of one piece of work, `lifecycle: keep` counts every row.',
  },
  LIFECYCLE_PAIRED: {
    meaning:
      'Rows of one piece of work were joined: its start, its completion, and what happened in between.',
    remedy: 'None needed; `lifecycle: keep` counts every row as it stands.',
  },
  STEP_MAY_BE_WAITING: {
    meaning:
      'A step takes over 20 times as long as the middle step of its file, so its time may be waiting and not work.',
    remedy: 'Ask those who do the step what its start stands for before its duration is read as work.',
  },
  STEPS_LOOK_LIKE_STATUSES: {
    meaning:
      'The file has fewer than 8 steps and one of them follows itself in over half of all cases, as statuses do.',
    remedy: 'Tell steps apart by step and transition together: `classifier`.',
  },
  NESTED_ATTRIBUTES: {
    meaning: 'Attributes inside attributes were left out; the outer value was kept.',
    remedy: 'None needed.',
  },
  DATE_AND_TIME_JOINED: {
    meaning: 'Dates and their times of day stand in two columns, and were read together.',
    remedy: 'Name the column of times in `map` to read the dates alone.',
  },
  COLUMNS_LEFT_OUT: {
    meaning:
      'Of a table of 200 columns or more, columns were left out in which nearly every row has a text of its own, so that nothing can be grouped by them.',
    remedy: 'Name a column in `map` to keep it.',
  },
  ATTRIBUTE_REPEATED: {
    meaning:
      'An event, a trace or an object had one attribute more than once. The first value was kept; the others were left out.',
    remedy: 'Export each attribute once, or under names of their own, if the other values matter.',
  },
  XES_ELEMENT_UNKNOWN: {
    meaning:
      'A trace or an event held elements that the standard of event logs (XES) does not know, and they were left out.',
    remedy: 'Write attributes as <string>, <date>, <int>, <float>, <boolean> or <id>, in small letters.',
  },
  PREAMBLE_SKIPPED: {
    meaning: 'Lines above the header were left out.',
    remedy: 'Check that the header line is the right one.',
  },
  MAPPING_NOT_KEPT: {
    meaning:
      'The rows were brought in, but how the file was read could not be written down for the next file with the same columns.',
    remedy: 'Make room on the disk, or say the same again with the next such file.',
  },
  MAPPING_GUESSED: {
    meaning: 'The columns were recognised by their names or contents.',
    remedy: 'Check the mapping shown; write it into `map` in service.yaml to fix it.',
  },
  MAPPING_REUSED: {
    meaning: 'The mapping kept from an earlier file with the same columns was used.',
    remedy: 'None needed; to change it, edit the file in .wellspent/mappings or write `map` in service.yaml.',
  },
  KEY_MADE: {
    meaning: 'A key that turns identifiers into pseudonyms was made, outside the workspace.',
    remedy:
      'Keep a copy where only those who may see identifiers can read it: without it, later extracts cannot be linked.',
  },
  DEMONSTRATION_KEY: {
    meaning: 'Identifiers were turned into pseudonyms with the published demonstration key.',
    remedy: 'Never use demonstration: true for real data.',
  },
} as const satisfies Record<string, ErrorEntry>;
