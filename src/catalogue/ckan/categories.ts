import { themeCode } from '../dcat/codes.ts'
import { themes } from '../dcat/vocabulary.ts'
import { slug } from './names.ts'

/** Category names of German portals (OGD 1.1, Berlin, Bremen, Hamburg, DKAN) as slug, with the EU theme each stands for. */
const categories: Record<string, string[]> = {
  arbeit: ['ECON'],
  bevoelkerung: ['SOCI'],
  bildung: ['EDUC'],
  bildungwissenschaft: ['EDUC', 'TECH'],
  bildungundwissenschaft: ['EDUC', 'TECH'],
  wissenschaft: ['TECH'],
  demographie: ['SOCI'],
  erholung: ['EDUC', 'SOCI'],
  freizeit: ['EDUC'],
  geo: ['REGI'],
  geografie: ['REGI'],
  geographie: ['REGI'],
  geografiegeologieundgeodaten: ['REGI'],
  geographiegeologieundgeobasisdaten: ['REGI'],
  gesetzejustiz: ['JUST'],
  gesetzeundjustiz: ['JUST'],
  gesundheit: ['HEAL'],
  haushalt: ['GOVE', 'ECON'],
  infrastruktur: ['REGI'],
  infrastrukturbauenwohnen: ['REGI'],
  infrastrukturbauenundwohnen: ['REGI'],
  jugend: ['SOCI'],
  justiz: ['JUST'],
  kultur: ['EDUC'],
  kulturfreizeitsporttourismus: ['EDUC'],
  kulturfreizeitsportundtourismus: ['EDUC'],
  kultursportundtourismus: ['EDUC'],
  landwirtschaft: ['AGRI'],
  oeffentlich: ['SOCI'],
  oeffentlicheverwaltunghaushaltundsteuern: ['GOVE', 'ECON'],
  politik: ['GOVE'],
  politikwahlen: ['GOVE'],
  politikundwahlen: ['GOVE'],
  protokolle: ['GOVE'],
  sicherheit: ['JUST'],
  sozial: ['SOCI'],
  soziales: ['SOCI'],
  sport: ['EDUC'],
  tourismus: ['EDUC'],
  transport: ['TRAN'],
  transportverkehr: ['TRAN'],
  transportundverkehr: ['TRAN'],
  umwelt: ['ENVI'],
  umweltklima: ['ENVI'],
  umweltundklima: ['ENVI'],
  verbraucher: ['SOCI'],
  verbraucherschutz: ['SOCI'],
  verentsorgung: ['ENVI', 'ENER'],
  verkehr: ['TRAN'],
  verwaltung: ['GOVE'],
  verwaltunghaushaltundsteuern: ['GOVE', 'ECON'],
  verwaltunghaushaltsteuern: ['GOVE', 'ECON'],
  wahl: ['GOVE'],
  wahlen: ['GOVE'],
  wirtschaft: ['ECON'],
  wirtschaftarbeit: ['ECON'],
  wirtschaftundarbeit: ['ECON'],
  wohnen: ['REGI'],
}

const byName = new Map(
  Object.entries(themes).flatMap(([code, names]) => [
    [key(names.de), code],
    [key(names.en), code],
  ]),
)

function key(name: string): string {
  return slug(name.slice(0, 200)).replaceAll('-', '')
}

/** EU themes meant by an address of the EU list, a code, a theme's name or a category of a German portal; none otherwise. */
export function themesOfName(name: string): string[] {
  const code = themeCode(name) ?? byName.get(key(name))
  return code === undefined || code === null ? (categories[key(name)] ?? []) : [code]
}
