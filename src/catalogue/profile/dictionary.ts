/** What a column name usually means in German municipal tables. `personal`: may point to a person. */
export type Meaning = { de: string; unit: string | null; personal: boolean }

type Row = [pattern: RegExp, de: string, unit?: string | null, personal?: boolean]

/** First match wins; patterns see the name in lower case, umlauts written out, signs as single blanks. */
const rows: Row[] = [
  [/^(vorname|vornamen|rufname|first name|given name)$/, 'Vorname', null, true],
  [/^(nachname|familienname|zuname|surname|last name|geburtsname)$/, 'Nachname', null, true],
  [/(geburtsdatum|geb datum|date of birth|birthdate|geburtstag)/, 'Geburtsdatum', null, true],
  [/^(geburtsjahr|jahrgang|year of birth)$/, 'Geburtsjahr', null, true],
  [
    /(steuer id|steueridentifikation|sozialversicherungsnummer|sv nummer|personalausweis|reisepass|krankenversicherungs)/,
    'Amtliche Kennung einer Person',
    null,
    true,
  ],
  [/^(iban|bic|kontonummer)$/, 'Bankverbindung', null, true],
  [
    /(personen ?id|person id|einwohner ?id|patienten ?id|schueler ?id|kind ?id|buerger ?id)/,
    'Kennung einer Person',
    null,
    true,
  ],
  [/^(alter|age|alter in jahren|.* alter in jahren|lebensalter)$/, 'Alter einer Person', 'Jahre', true],
  [
    /^(familienstand|religion|konfession|staatsangehoerigkeit|nationalitaet)$/,
    'Merkmal einer Person',
    null,
    true,
  ],
  [/^(e ?mail|email|mail|e mail adresse)$/, 'E-Mail-Adresse', null, true],
  [/^(diagnose|icd|behinderung|krankheit|befund).*/, 'Gesundheitsangabe', null, true],
  [/^(geschlecht|gender|sex)$/, 'Geschlecht'],
  [/^(altersgruppe|altersklasse|age group).*/, 'Altersgruppe'],
  [
    /^(lat|latitude|breite|breitengrad|geogr breite|geo breite|y wgs84)$/,
    'Geografische Breite (WGS 84)',
    '°',
  ],
  [
    /^(lon|lng|long|longitude|laenge|laengengrad|geogr laenge|geo laenge|x wgs84)$/,
    'Geografische Länge (WGS 84)',
    '°',
  ],
  [
    /^(rechts ?wert|rechts utm|ostwert|easting|e utm|utm ?x|koorx|x ?center.*|x ?koordinate|hochwert x|x)$/,
    'Ostwert der Lage (Projektion)',
    'm',
  ],
  [
    /^(hoch ?wert|hoch utm|nordwert|northing|n utm|utm ?y|koory|y ?center.*|y ?koordinate|y)$/,
    'Nordwert der Lage (Projektion)',
    'm',
  ],
  [/^(geometrie|geometry|geom|wkt|the geom|shape)$/, 'Geometrie'],
  [/^(geokoordinaten|koordinaten|geo point|geopunkt|lat lon)$/, 'Lage als Koordinatenpaar'],
  [
    /^(ags|gemeindeschluessel|amtlicher gemeindeschluessel|gkz|gemeindekennziffer)$/,
    'Amtlicher Gemeindeschlüssel',
  ],
  [/^(ars|regionalschluessel)$/, 'Amtlicher Regionalschlüssel'],
  [/^(plz|postleitzahl|postal ?code|zip)$/, 'Postleitzahl'],
  [/^plz ort$/, 'Postleitzahl und Ort'],
  [/^(ort|gemeinde|stadt|kommune|city|town)$/, 'Ort'],
  [/(stadtteil|ortsteil|city subdistrict).*(nr|nummer|id|schluessel)/, 'Nummer des Stadtteils'],
  [/^(stadtteil|ortsteil|quartier|kiez|viertel|city subdistrict|stadtteilname).*/, 'Stadtteil'],
  [/(bezirk|city district).*(nr|nummer|id|schluessel)/, 'Nummer des Stadtbezirks'],
  [/^(stadtbezirk|bezirk|bezirkname|city district|bez)$/, 'Stadtbezirk'],
  [/^(bundesland|land|state)$/, 'Bundesland'],
  [/^(kreis|landkreis|kreis kreisfreie stadt)$/, 'Kreis oder kreisfreie Stadt'],
  [/^(block|baublock|blockname|block id|blocknr)$/, 'Baublock'],
  [/^(strasse|street|strname|strassenname|str)$/, 'Straße'],
  [/^(str hausnr|strasse hausnummer|adresse|anschrift|address|standort adresse)$/, 'Anschrift'],
  [/^(hausnummer|hausnr|hsnr|hnr|hausnr .*)$/, 'Hausnummer'],
  [/^(standort|lage|ort der messung|location|location details).*/, 'Standort'],
  [
    /(messzeit|zeitstempel|timestamp|datetime|zeitpunkt|mess datum|messdatum|stunden)/,
    'Zeitpunkt der Messung',
  ],
  [/^(datum|date|tag|tage|stichtag|day)$/, 'Datum'],
  [/^(uhrzeit|zeit|time)$/, 'Uhrzeit'],
  [/^(jahr|year|berichtsjahr|haushaltsjahr)$/, 'Jahr'],
  [/^(monat|month)$/, 'Monat'],
  [/(baujahr|errichtungsjahr|pflanzjahr)/, 'Baujahr oder Pflanzjahr'],
  [/(inbetriebnahme)/, 'Datum der Inbetriebnahme'],
  [/^(angelegt|erstellt|created).*/, 'Datum, an dem der Eintrag angelegt wurde'],
  [/^(geaendert|aktualisiert|stand|updated|abrufdatum|letzte aenderung).*/, 'Datum der letzten Änderung'],
  [/^von( datum)?$|^beginn$|^start$/, 'Beginn'],
  [/^bis( datum)?$|^ende$|^end$/, 'Ende'],
  [/(lufttemperatur|temperatur|temperature|temp)\b/, 'Temperatur', '°C'],
  [/(luftfeucht|humidity|feuchte)/, 'Relative Luftfeuchte', '%'],
  [/(niederschlag|regen|rain)/, 'Niederschlag', 'mm'],
  [/(windgeschwindigkeit|windstaerke|wind speed)/, 'Windgeschwindigkeit'],
  [/(luftdruck|pressure)/, 'Luftdruck', 'hPa'],
  [/\b(pm10|pm2 ?5|no2|o3|so2|feinstaub|ozon)\b/, 'Schadstoffgehalt der Luft', 'µg/m³'],
  [/(laerm|schallpegel|db a)/, 'Schallpegel', 'dB(A)'],
  [/(leistung).*kw|nennleistung|leistung/, 'Leistung', 'kW'],
  [/(verbrauch).*kwh|stromverbrauch|waermeverbrauch|verbrauch/, 'Verbrauch', 'kWh'],
  [/(einwohner|bevoelkerung|wohnberechtigte|population)/, 'Zahl der Einwohnerinnen und Einwohner'],
  [/(haushalte|haushaltszahl)/, 'Zahl der Haushalte'],
  [/(arbeitslose|sozialversicherungspflichtige)/, 'Zahl der Personen'],
  [/(plaetze|kapazitaet|capacity|platzzahl)/, 'Zahl der Plätze'],
  [/^(ansatz|plan|ist|soll|ergebnis|ve)( \d{4}.*)?$|(aufwand|ertrag|betrag|kosten|budget)/, 'Betrag', 'EUR'],
  [
    /(kapitel|titel|produktgruppe|produktbereich|sachkonto|kostenart|profitcenter|konto|teilplan|teilhaushalt|fkz)/,
    'Gliederung des Haushalts',
  ],
  [/(wahlberechtigte)/, 'Zahl der Wahlberechtigten'],
  [/(wahlbeteiligung)/, 'Wahlbeteiligung', '%'],
  [/(gueltig|ungueltig|stimmen)/, 'Zahl der Stimmzettel oder Stimmen'],
  [/ proz$|prozent|anteil|quote/, 'Anteil', '%'],
  [/^(anzahl|zahl|menge|count|n|zaehlung.*)$/, 'Anzahl'],
  [/^(wert|value|messwert)$/, 'Wert'],
  [/^(einheit|werteeinheit|unit)$/, 'Einheit des Wertes'],
  [/(flaeche|groesse|area)/, 'Fläche', 'm²'],
  [/(hoehe|height|nabenhoehe)/, 'Höhe', 'm'],
  [/(durchmesser)/, 'Durchmesser'],
  [/(oeffnungszeit|opening hours)/, 'Öffnungszeiten'],
  [/^(link|url|website|webseite|homepage|internet)$/, 'Adresse im Netz'],
  [/^(telefon|tel|phone|fax)$/, 'Telefonnummer'],
  [/(baumart|gattung|art deutsch|art botanisch|spezies)/, 'Baumart'],
  [/(traeger|betreiber|hersteller|anbieter)/, 'Betreiber, Träger oder Hersteller'],
  [
    /^(kategorie|typ|art|type|category|hauptkateg.*|objekttyp.*|schooltype|.*kategorie|klasse)$/,
    'Art des Eintrags',
  ],
  [/^(name|bezeichnung|titel|title|objekt|objektname|.*bezeichnung|.* bez)$/, 'Bezeichnung'],
  [
    /^(beschreibung|beschreib|bemerkung|info|hinweis|kommentar|notiz|description|anmerkung).*/,
    'Beschreibung oder Bemerkung',
  ],
  [/(^|[ a-z])(id|nr|lfdnr|nummer|kennung|objectid|objnr|schluessel|code)$/, 'Kennung des Eintrags'],
  [/^(pkw|lkw|kfz|rad|krad|mofa|kom|fg|rf|fussgaenger)$/, 'Zahl der Beteiligten oder Fahrzeuge dieser Art'],
  [/(strassenzustand|lichtverhaeltnisse|alkohol|flucht)/, 'Umstand des Unfalls'],
]

/** The name in lower case, umlauts written out, camel case and signs as single blanks. */
export function plainName(name: string): string {
  return name
    .replace(/([a-zäöüß])([A-ZÄÖÜ])/g, '$1 $2')
    .toLowerCase()
    .replace(/\([^)]*\)|\[[^\]]*\]/g, ' ')
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .replace(/[^a-z0-9#]+/g, ' ')
    .trim()
}

/** What a column probably means; null when its name says nothing we know. */
export function meaningOf(name: string): Meaning | null {
  const plain = plainName(name)
  const unit = unitInName(name)
  const found = rows.find(([pattern]) => pattern.test(plain))
  if (!found) return unit ? { de: '', unit, personal: false } : null
  return { de: found[1], unit: unit ?? found[2] ?? null, personal: found[3] ?? false }
}

const UNIT =
  /[([]\s*(°C|°|%|km\/h|m\/s|kWp?|kWh|MWh|MW|W|Wh|m²|m2|qm|ha|km²|km|m|cm|mm|t|kg|g|mg\/l|µg\/m³|μS\/cm|EUR|€|Jahre|Std\.?|min|s|dB\(A\)|hPa|l|m³)\s*[)\]]|\bin (EUR|T€|€|Euro|%|kWh|kW|m²|ha|km|m)\b/i

function unitInName(name: string): string | null {
  const m = UNIT.exec(name)
  return m?.[1] ?? m?.[2] ?? null
}
