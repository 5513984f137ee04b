import { isMissingMark } from './values.ts'

/**
 * Digits that name something: leading zeros (also where a few carry a letter, 0001a), more digits than a number can hold
 * exactly, or a name like PLZ, AGS, Telefon.
 */
export function isKey(name: string, values: string[]): boolean {
  if (values.some((v) => v.length > 15 && /^[-+]?\d+$/.test(v) && !Number.isSafeInteger(Number(v))))
    return true
  const digits = values.filter((v) => /^\d+[a-z]?$/i.test(v)).length
  const zeros = values.filter((v) => /^0\d+$/.test(v)).length
  if (zeros > 0 && digits === values.length) return true
  return keyNames.test(name) && values.every((v) => /^\d+$/.test(v))
}

const keyNames =
  /(^|[^a-zäöü])(plz|zip|zipcode|postcode|postalcode|postal_code|postleitzahl|postzustellbezirk|ags|ars|gemeindeschl|schlüssel|schluessel|telefon|tel|fax|hausn)|(schlüssel|schluessel|schluesselnr)$/i

/** Whole numbers of a column named after time that are all calendar years. */
export function isYear(name: string, values: string[]): boolean {
  if (!/(^|[^a-z])(zeit|year|.*jahr)($|[^a-z])/i.test(name)) return false
  return values.every((v) => isMissingMark(v) || /^(1[5-9]|20|21)\d{2}$/.test(v))
}
