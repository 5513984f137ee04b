/** The states by the first two digits of the municipality key (official key of municipalities, AGS). */
const states: Readonly<Record<string, string>> = {
  '01': 'Schleswig-Holstein',
  '02': 'Hamburg',
  '03': 'Niedersachsen',
  '04': 'Bremen',
  '05': 'Nordrhein-Westfalen',
  '06': 'Hessen',
  '07': 'Rheinland-Pfalz',
  '08': 'Baden-Württemberg',
  '09': 'Bayern',
  '10': 'Saarland',
  '11': 'Berlin',
  '12': 'Brandenburg',
  '13': 'Mecklenburg-Vorpommern',
  '14': 'Sachsen',
  '15': 'Sachsen-Anhalt',
  '16': 'Thüringen',
}

/** The states as names by key. */
export const stateNames: ReadonlyMap<string, string> = new Map(Object.entries(states))

/** A key in words: the name of the place where somebody has named it, else the key beside its state. */
export function regionLabel(key: string, names: ReadonlyMap<string, string> = stateNames): string {
  const name = names.get(key)
  if (name !== undefined) return name
  const state = states[key.slice(0, 2)]
  return state ? `${key} (${state})` : key
}

/** The keys of the first level that tells hits apart: states, else districts, else municipalities; none where all lie in one. */
export function regionLevel(keys: readonly string[]): string[] {
  const levels = [2, 5, 8].map((length) => keys.filter((key) => key.length === length))
  return levels.find((level) => level.length > 1) ?? []
}
