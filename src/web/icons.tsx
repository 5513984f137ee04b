import { raw } from 'hono/html'

const paths = {
  menu: '<path d="M3 5.5h14M3 10h14M3 14.5h14"/>',
  arrow: '<path d="M4 10h12M11 5l5 5-5 5"/>',
  check: '<circle cx="10" cy="10" r="7.5"/><path d="M6.5 10.2l2.4 2.4 4.6-5"/>',
  shield:
    '<path d="M10 2.2l6.5 2.3v5c0 4-2.8 6.9-6.5 8.3-3.7-1.4-6.5-4.3-6.5-8.3v-5z"/><path d="M7 10l2.2 2.2L13.2 8"/>',
  key: '<circle cx="6.5" cy="13.5" r="3.2"/><path d="M9 11l7-7M13 7l2.2 2.2M11 9l1.6 1.6"/>',
  lock: '<rect x="4" y="9" width="12" height="8" rx="1.5"/><path d="M7 9V6.5a3 3 0 0 1 6 0V9"/>',
  people:
    '<circle cx="7" cy="7" r="3"/><path d="M1.8 17c.4-3.2 2.4-5 5.2-5s4.8 1.8 5.2 5M13 4.4a3 3 0 0 1 0 5.2M15 12.6c1.9.7 3 2.2 3.3 4.4"/>',
  download: '<path d="M10 3v10M5.5 9L10 13.5 14.5 9M3.5 17h13"/>',
  upload: '<path d="M10 13.5v-10M5.5 8L10 3.5 14.5 8M3.5 17h13"/>',
  home: '<path d="M3 9.5L10 3.5l7 6V17H3z"/>',
  pen: '<path d="M3 17l1-4L13.5 3.5l3 3L7 16z"/>',
  gear: '<circle cx="10" cy="10" r="2.6"/><path d="M10 2v2.5M10 15.5V18M2 10h2.5M15.5 10H18M4.3 4.3l1.8 1.8M13.9 13.9l1.8 1.8M15.7 4.3l-1.8 1.8M6.1 13.9l-1.8 1.8"/>',
  file: '<path d="M5 2.5h7l3.5 3.5v11.5H5z"/><path d="M12 2.5V6h3.5M7.5 10h5M7.5 13h5"/>',
  clock: '<circle cx="10" cy="10" r="7.5"/><path d="M10 5.5V10l3 2"/>',
  place: '<path d="M10 18s6-5.2 6-9.8A6 6 0 0 0 4 8.2C4 12.8 10 18 10 18z"/><circle cx="10" cy="8" r="2.2"/>',
  warn: '<path d="M10 2.8L18.2 17H1.8z"/><path d="M10 8v4M10 14.4v.1"/>',
  link: '<path d="M8 12l4-4M6 10l-1.8 1.8a3 3 0 0 0 4.2 4.2L10 14M10 6l1.6-1.6a3 3 0 0 1 4.2 4.2L14 10.4"/>',
  search: '<circle cx="8.8" cy="8.8" r="5.3"/><path d="M12.8 12.8L17 17"/>',
  plus: '<path d="M10 4v12M4 10h12"/>',
  minus: '<path d="M4 10h12"/>',
  cross: '<path d="M5 5l10 10M15 5L5 15"/>',
  info: '<circle cx="10" cy="10" r="7.5"/><path d="M10 9v5M10 6.2v.1"/>',
  eye: '<path d="M1.8 10S5 4.5 10 4.5 18.2 10 18.2 10 15 15.5 10 15.5 1.8 10 1.8 10z"/><circle cx="10" cy="10" r="2.4"/>',
  calendar: '<rect x="3" y="4.5" width="14" height="12.5" rx="1.5"/><path d="M3 8.5h14M7 2.5v4M13 2.5v4"/>',
  mail: '<rect x="2.5" y="4.5" width="15" height="11" rx="1.5"/><path d="M3 5.5l7 5.5 7-5.5"/>',
  chart: '<path d="M3 17h14M5.5 17v-5M10 17V5M14.5 17V9"/>',
  map: '<path d="M2.5 5l5-2 5 2 5-2v12l-5 2-5-2-5 2zM7.5 3v12M12.5 5v12"/>',
  table: '<rect x="2.5" y="4" width="15" height="12.5" rx="1"/><path d="M2.5 8.2h15M2.5 12.3h15M8 8.2v8.3"/>',
  heart:
    '<path d="M10 16.8S2.8 12.6 2.8 7.6A3.8 3.8 0 0 1 10 6a3.8 3.8 0 0 1 7.2 1.6c0 5-7.2 9.2-7.2 9.2z"/>',
  bell: '<path d="M4.5 14.5h11c-1.2-1.2-1.6-2.6-1.6-6a3.9 3.9 0 0 0-7.8 0c0 3.4-.4 4.8-1.6 6zM8.3 17h3.4"/>',
  talk: '<path d="M3 4h14v9.5H9L5 17v-3.5H3z"/>',
  stop: '<path d="M6.6 2.5h6.8l4.1 4.1v6.8l-4.1 4.1H6.6l-4.1-4.1V6.6z"/><path d="M7 7l6 6M13 7l-6 6"/>',
} as const

/** Every icon the pages may use. */
export type IconName = keyof typeof paths

/** Names of all icons, for the gallery. */
export const iconNames = Object.keys(paths) as IconName[]

/** A line icon in the colour of its text. Decoration: the word stands beside it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="al-icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      {raw(paths[name])}
    </svg>
  )
}

/** The sign of the hub: four plots that leave one common middle. Decoration; the name stands to its right. */
export function Mark() {
  return (
    <svg viewBox="0 0 40 40" aria-hidden="true" focusable="false">
      <path class="al-mark-plot" d="M4 2h14v7.2A11 11 0 0 0 9.2 18H2V4a2 2 0 0 1 2-2z" />
      <path class="al-mark-plot al-mark-plot--2" d="M22 2h14a2 2 0 0 1 2 2v14h-7.2A11 11 0 0 0 22 9.2z" />
      <path class="al-mark-plot al-mark-plot--2" d="M2 22h7.2a11 11 0 0 0 8.8 8.8V38H4a2 2 0 0 1-2-2z" />
      <path class="al-mark-plot" d="M30.8 22H38v14a2 2 0 0 1-2 2H22v-7.2a11 11 0 0 0 8.8-8.8z" />
      <circle class="al-mark-common" cx="20" cy="20" r="7" />
    </svg>
  )
}

/** The big round sign of a list of checks or signatures: done, or still open. Give the word beside it. */
export function StateMark({ state }: { state: 'pass' | 'fail' | 'open' }) {
  return (
    <svg viewBox="0 0 28 28" aria-hidden="true" focusable="false">
      {raw(stateMarks[state])}
    </svg>
  )
}

const stateMarks = {
  pass: '<circle class="al-state-pass" cx="14" cy="14" r="13"/><path class="al-state-tick" d="M8.5 14.5l3.8 3.8 7.4-8.2"/>',
  fail: '<circle class="al-state-fail" cx="14" cy="14" r="13"/><path class="al-state-tick" d="M9 9l10 10M19 9L9 19"/>',
  open: '<circle class="al-state-open" cx="14" cy="14" r="12"/>',
}

/** Full, half or crossed circle before a word of fit. */
export function FitMark({ grade }: { grade: 'full' | 'part' | 'none' }) {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      {raw(fitMarks[grade])}
    </svg>
  )
}

const fitMarks = {
  full: '<circle cx="10" cy="10" r="8" fill="currentColor"/><path class="al-fit-tick" d="M6.3 10.3l2.5 2.5 5-5.4"/>',
  part: '<circle cx="10" cy="10" r="7.2" fill="none" stroke="currentColor" stroke-width="1.8"/><path d="M10 2.8a7.2 7.2 0 0 1 0 14.4z" fill="currentColor"/>',
  none: '<circle cx="10" cy="10" r="7.2" fill="none" stroke="currentColor" stroke-width="1.8" stroke-dasharray="3 2.3"/><path d="M7 7l6 6M13 7l-6 6" stroke="currentColor" stroke-width="1.8"/>',
}
