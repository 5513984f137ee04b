import type { Refusal } from './refusal.ts'
import type { RefusalTexts } from './texts-german.ts'

const list = (r: Refusal) => (r.instead?.length ? r.instead.join(', ') : '')

/** The English texts. */
export const english: RefusalTexts = {
  empty: () => ['No question', 'There is nothing in it.', 'Write a SELECT query or use the form.'],
  'too-long': (r) => [
    'The query is too long',
    `${r.limit} characters are possible.`,
    'Split the question into several queries.',
  ],
  syntax: () => [
    'The query cannot be read',
    'It is not written as SQL.',
    'Check brackets, commas and quotes, or use the form.',
  ],
  'not-a-select': () => [
    'Only questions are possible here',
    'SELECT is all there is. Nothing can be created, changed, set or loaded.',
    'Write a SELECT query.',
  ],
  'several-statements': () => [
    'More than one statement',
    'One query at a time is possible.',
    'Ask one after the other.',
  ],
  construct: (r) => [
    `“${r.construct}” is not possible here`,
    'On protected tables you can count, add up and average by dimensions.',
    'Compute protected cells in a WITH part first and the rest on top of them.',
  ],
  function: (r) => [
    `The function “${r.construct}” is not allowed`,
    'There is a fixed list of functions, and they only work on protected figures.',
    'Use the registered groupings of the columns, or compute with the protected figures.',
  ],
  'single-rows': () => [
    'Single records are never shown',
    'The query would list rows.',
    'Count: SELECT dimension, COUNT(*) … GROUP BY dimension.',
  ],
  'not-grouped': (r) => [
    `“${r.column}” is not part of the grouping`,
    'Each column shown must be in GROUP BY or be counted, added up or averaged.',
    'Put the column into GROUP BY, or leave it out.',
  ],
  'mixed-units': () => [
    'Two kinds of units in one question',
    'A query counts one kind only, for example people or households.',
    'Ask two queries.',
  ],
  star: () => [
    '“*” is not possible here',
    'Single records are never shown.',
    'Name dimensions and a figure, for example COUNT(*).',
  ],
  'unknown-table': (r) => [
    'There is no such table here',
    r.table ? `The workspace has no table “${r.table}”.` : 'The query names no table of the workspace.',
    list(r) ? `There are: ${list(r)}.` : 'Look at the list of tables.',
  ],
  'unknown-column': (r) => [
    'There is no such column here',
    `“${r.column}” is in none of the tables named.`,
    'Look at the list of tables.',
  ],
  'ambiguous-column': (r) => [
    `“${r.column}” is in both tables`,
    'It is not clear which one is meant.',
    `Write the table before it: ${list(r)}.`,
  ],
  'hidden-column': (r) => [
    `“${r.column}” is not opened here`,
    `The holder of the table “${r.table}” decided so.`,
    list(r) ? `Split by ${list(r)}.` : 'Ask the holder for a coarser version.',
  ],
  'unit-column': (r) => [
    `“${r.column}” identifies single units`,
    'Nobody can split, filter or list by it.',
    `Counting works: COUNT(DISTINCT ${r.column}).`,
  ],
  'key-column': (r) => [
    `“${r.column}” is for joining only`,
    'As a dimension or condition it would be too fine.',
    list(r) ? `Split by ${list(r)}.` : 'Use the column in JOIN … USING.',
  ],
  'measure-as-dimension': (r) => [
    `“${r.column}” is a measure`,
    'Measures can be added up and averaged, but not split or filter.',
    `Write SUM(${r.column}) or AVG(${r.column}).`,
  ],
  'not-a-measure': (r) => [
    `“${r.column}” is not a measure`,
    'Sums and means exist for columns with public bounds only.',
    'Count instead, or choose a measure.',
  ],
  'only-generalised': (r) => [
    `“${r.column}” is opened in a coarser form only`,
    'The single values would be too exact.',
    list(r) ? `Ask for ${list(r)}.` : 'Ask the holder for a coarser version.',
  ],
  aggregate: (r) => [
    `“${r.construct}” is not possible here`,
    'Largest, smallest, middle and listed values show single units.',
    'COUNT, SUM, AVG, STDDEV, CORR are possible, MEDIAN where bins are registered; for a distribution use COUNT(*) per group.',
  ],
  'no-bins': (r) => [
    `There are no bins for “${r.column}”`,
    'Medians and quantiles come from counts per bin, and the holder has registered none.',
    'AVG works, or ask the holder for bins.',
  ],
  expression: (r) => [
    `Computing inside the data is not possible (${r.construct})`,
    'Dimensions and figures may only name whole columns.',
    'Compute with the protected figures, for example SUM(a) / COUNT(*).',
  ],
  condition: (r) => [
    `This condition is not possible (${r.construct})`,
    'Possible are: dimension = value, IN (…), BETWEEN, joined by AND.',
    'Instead of OR on one column: IN (…). Instead of “not”: name the values you want.',
  ],
  constant: (r) => [
    `The value does not fit “${r.column}”`,
    'It is of another kind than the column.',
    'Write text in single quotes, numbers without, days as YYYY-MM-DD.',
  ],
  'range-edges': (r) => [
    `The range on “${r.column}” is not on the registered edges`,
    r.limit ? `The edges are ${r.limit} apart.` : 'There are no ranges for this column.',
    list(r) ? `Use ${list(r)}, or IN (…).` : 'Use the registered edges, or IN (…).',
  ],
  'value-not-registered': (r) => [
    `There is no such value in “${r.column}”`,
    'Conditions may only name the listed values.',
    'The values are in the list of tables.',
  ],
  'too-many-values': (r) => [
    'Too many values in one condition',
    `${r.limit} are possible.`,
    'Use a coarser dimension.',
  ],
  'too-many-dimensions': (r) => ['Too many dimensions', `${r.limit} are possible.`, 'Leave one out.'],
  'too-many-cells': (r) => ['Too many cells', `${r.limit} are possible.`, 'Split more coarsely.'],
  'too-many-conditions': (r) => [
    'Too many conditions',
    `${r.limit} are possible.`,
    'Make one of them a dimension.',
  ],
  join: (r) => [
    `This join is not possible (${r.construct})`,
    'Joins go over a shared key to a table with one row per key.',
    'Write JOIN table USING (key).',
  ],
  'lookup-alone': (r) => [
    `“${r.table}” has no units`,
    'The table only describes keys and cannot be counted alone.',
    'Join it to a table with units.',
  ],
  'mixed-blocks': () => [
    'Protected cells mixed with records',
    'An intermediate result cannot be joined to records again.',
    'Join two intermediate results.',
  ],
  'number-too-large': (r) => [
    'This number or value is not possible',
    `There is an empty or too large value at “${r.column}”.`,
    'Name an ordinary value.',
  ],
  'not-stable': () => [
    'This is ambiguous',
    'It could be read in two ways.',
    'Write the query in a simpler form.',
  ],
  'outer-failed': () => [
    'Computing with the protected figures failed',
    'A name or a kind of computation in the outer part does not fit.',
    'Check the names and go step by step.',
  ],
  budget: (r) => [
    'The budget is not enough',
    `${r.limit} new cells are left.`,
    'Split more coarsely. Asking an earlier question again costs nothing.',
  ],
  'table-budget': (r) => [
    `The table “${r.table}” has given out nearly all it may`,
    `${r.limit} new cells are left: too many figures about few units could be solved for the single one.`,
    'Split more coarsely. Asking an earlier question again costs nothing.',
  ],
  partitions: (r) => [
    'This group was split up often already',
    `The same units can be split up in at most ${r.limit} ways, else exact numbers could be computed.`,
    'Use an earlier split, or talk to the holder.',
  ],
  'mostly-protected': () => [
    'Nearly everything would be protected',
    'The groups are too small.',
    'Split more coarsely.',
  ],
  time: () => [
    'The query took too long',
    'It was stopped. Nothing was shown and nothing was used up.',
    'Split more coarsely, or ask again later.',
  ],
  memory: () => [
    'The query needs too much memory',
    'It was stopped. Nothing was shown and nothing was used up.',
    'Split more coarsely.',
  ],
  'result-too-large': () => [
    'The result is too large',
    'It would have too many cells.',
    'Split more coarsely.',
  ],
  vault: () => [
    'The vault could not answer',
    'Nothing was shown.',
    'Try again. If it stays like this, the operator can help.',
  ],
  'privacy-units': (r) => [
    'Two types of units with several rows',
    `In “${r.table}” more than one type of units has several rows. There is no provable bound for that here.`,
    'Ask a table in which each row stands for one unit.',
  ],
  'privacy-join': (r) => [
    'This join is not possible with differential privacy',
    `One unit of “${r.table}” could change any number of rows.`,
    'Use JOIN instead of LEFT JOIN, or ask the tables one by one.',
  ],
  'privacy-figure': (r) => [
    `“${r.construct || r.column}” is not there with differential privacy`,
    'Possible are counts, sums, means and spreads of measures with public bounds, medians and quantiles with at most a thousand bins.',
    'Ask COUNT, SUM, AVG, STDDEV or MEDIAN, or split by a registered grouping.',
  ],
  'privacy-budget': (r) => [
    'The privacy budget is too small',
    budgets[r.construct ?? ''] ?? 'Too little is left for this question.',
    'Ask more coarsely or with less precision. Stored answers stay free.',
  ],
}

const budgets: Record<string, string> = {
  rho: 'Shared among so many figures, nothing would be left for any.',
  project: 'The budget of this workspace is too small for it. Only who holds the data can raise it.',
  person: 'Your own share of the budget of this workspace is too small for it.',
  holder: 'The lifetime budget of a holder is too small for it. Only the holder can raise it.',
  threshold: 'As many unregistered values have been asked for as are allowed.',
}
