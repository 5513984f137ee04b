import type { OrganisationKey, PersonKey } from './cast.ts'

/** A question of the story: who asks when, and in which words. A number stands for a citizen. */
export type QuestionPart = {
  key: string
  at: string
  by: PersonKey | number
  organisation?: OrganisationKey
  title: string
  why: string
  concerns: string
  place: string
  effectGoal?: string
  effectMeasure?: string
  effectBaseline?: string
  effectReview?: string
  signature?: string
}

/** What Auenstadt asks. */
export const askedQuestions: readonly QuestionPart[] = [
  {
    key: 'hitze',
    at: '2026-03-12T10:00',
    by: 'schattenplatz',
    organisation: 'schattenplatz',
    title: 'Wo sind kleine Kinder an heißen Tagen am stärksten belastet?',
    why: 'Kleine Kinder überhitzen schneller als Erwachsene. Die Stadt weiß, wo es heiß wird, und sie weiß, wo Kinder leben. Zusammengebracht hat das noch niemand.\n\nWir wollen, dass die ersten Sonnensegel dort hängen, wo sie am meisten nützen, und nicht dort, wo am lautesten gefragt wird.',
    concerns: 'Kinder unter sechs Jahren und ihre Familien',
    place: 'ganz Auenstadt',
    effectGoal:
      'Bis zum Sommer 2028 wohnen ein Drittel weniger kleine Kinder in einer heißen Straße ohne Schattenplatz in der Nähe.',
    effectMeasure:
      'Zahl der Kinder unter sechs Jahren in heißen Straßen, die mehr als 300 Meter bis zum nächsten Schattenplatz haben',
    effectBaseline: 'noch unbekannt, den liefert die Antwort',
    effectReview: 'jedes Jahr im Oktober, öffentlich',
  },
  {
    key: 'schulweg',
    at: '2026-03-18T17:00',
    by: 3,
    title: 'Welche Schulwege sind im Winter zu dunkel?',
    why: 'Meine Tochter geht um halb acht los, da ist es im Dezember noch Nacht. Auf dem Weg hinter dem Gaswerk steht keine einzige Leuchte. Ich möchte wissen, wo es noch so ist, und dass die schlimmsten Wege zuerst Licht bekommen.',
    concerns: 'Schulkinder zwischen sechs und vierzehn',
    place: 'alle Schulwege im Stadtgebiet',
    signature: 'Vater aus der Ziegelei',
    effectGoal: 'Bis Herbst 2027 ist kein empfohlener Schulweg länger als 100 Meter ohne Licht.',
  },
  {
    key: 'grundwasser',
    at: '2026-04-02T09:00',
    by: 7,
    title: 'Reicht unser Grundwasser für die neuen Baugebiete?',
    why: 'In Neudorf und Klosterfeld sollen 900 Wohnungen entstehen. In den letzten drei Sommern sind private Brunnen trocken gefallen. Bevor gebaut wird, sollten wir wissen, wie viel Wasser unter uns ist.',
    concerns: 'alle, die Wasser trinken, und die, die bauen',
    place: 'Neudorf und Klosterfeld',
    signature: 'Gärtnerin aus Klosterfeld',
    effectGoal:
      'Vor dem Satzungsbeschluss liegt eine öffentliche Rechnung vor, wie viel Wasser in einem trockenen Jahr bleibt.',
  },
  {
    key: 'kita',
    at: '2026-04-14T11:00',
    by: 'traeger',
    organisation: 'traeger',
    title: 'Wo fehlen Kita-Plätze den Familien, die sie brauchen?',
    why: 'Im Durchschnitt hat Auenstadt genug Plätze. Trotzdem stehen Familien auf Wartelisten, in denen alle arbeiten, während anderswo Plätze frei sind. Auch die Öffnungszeiten passen nicht überall: Wer im Hafen Schicht arbeitet, findet um 15 Uhr eine geschlossene Tür.',
    concerns: 'Familien mit Kindern zwischen einem und fünf Jahren, in denen alle Eltern arbeiten',
    place: 'ganz Auenstadt, nach Stadtteil',
    effectGoal:
      'Bis 2028 findet in jedem Stadtteil mindestens neun von zehn Familien mit Bedarf einen Platz.',
    effectMeasure: 'Anteil der Kinder mit Bedarf ohne Platz, je Stadtteil',
    effectBaseline: 'liefert die Antwort',
    effectReview: 'jedes Jahr im November im Jugendhilfeausschuss',
  },
  {
    key: 'spielplatz',
    at: '2026-05-20T20:00',
    by: 11,
    title: 'Sind unsere Spielplätze im Sommer zu heiß für Kleinkinder?',
    why: 'Auf der Rutsche am Bahnhofsplatz hat sich mein Sohn die Beine verbrannt. Gibt es Messungen, wie heiß die Geräte werden, und wo Schatten fehlt?',
    concerns: 'Kleinkinder',
    place: 'Spielplätze im Bahnhofsviertel',
    signature: 'Mutter aus dem Bahnhofsviertel',
  },
  {
    key: 'linie12',
    at: '2026-06-08T18:00',
    by: 19,
    title: 'Wie oft fällt die Linie 12 am Abend aus?',
    why: 'Nach der Spätschicht im Hafen stehe ich oft eine Stunde an der Haltestelle. Gefühlt fällt jede dritte Bahn aus. Die Auenlinien sagen, es sei eine von dreißig. Beides kann nicht stimmen.',
    concerns: 'alle, die abends arbeiten',
    place: 'Hafen, Bahnhofsviertel, Neudorf',
    signature: 'Krankenpfleger, Neudorf',
    effectGoal: 'Ausfälle nach 20 Uhr halbieren sich bis Ende 2027 und werden vorher angesagt.',
  },
  {
    key: 'senioren',
    at: '2026-07-15T10:00',
    by: 'senioren',
    organisation: 'senioren',
    title: 'Wo leben ältere Menschen allein, wenn es heiß wird?',
    why: 'Für Menschen über 75 ist Hitze so gefährlich wie für kleine Kinder. Die Antwort zu den Kindern hat gezeigt, dass man das ausrechnen kann, ohne jemanden zu zählen, den man kennt. Wir möchten dieselbe Rechnung für alleinlebende Ältere, damit der Besuchsdienst weiß, wo er anfangen soll.',
    concerns: 'Menschen über 75, die allein leben',
    place: 'ganz Auenstadt',
    effectGoal: 'An jedem Hitzetag bekommt jede alleinlebende Person über 80, die das möchte, einen Anruf.',
  },
  {
    key: 'radweg',
    at: '2026-11-10T21:00',
    by: 27,
    title: 'Wo passieren Beinahe-Unfälle auf dem Radweg am Fluss?',
    why: 'Am Uferweg wird es eng, seit dort auch Lastenräder fahren. Unfälle zählt die Polizei, die Beinahe-Unfälle zählt niemand. Vielleicht hilft eine Karte, in die man sie eintragen kann.',
    concerns: 'alle, die zu Fuß gehen oder Rad fahren',
    place: 'Uferweg an der Aue',
    signature: 'Radfahrer aus Auwiesen',
  },
]

/** A contribution to the talk about a question. */
export type Said = {
  question: string
  at: string
  by: PersonKey | number
  organisation?: OrganisationKey
  signature?: string
  body: string
}

/** What people say about the questions. */
export const saidThings: readonly Said[] = [
  {
    question: 'hitze',
    at: '2026-04-03T08:00',
    by: 5,
    signature: 'Mutter aus der Weststadt',
    body: 'Bitte nicht nur die Wohnung ansehen. Mein Sohn ist von acht bis vier in der Kita, und dort steht kein Baum auf dem Hof.',
  },
  {
    question: 'hitze',
    at: '2026-04-04T09:00',
    by: 'lotsin',
    organisation: 'statistik',
    body: 'Aufgenommen. Deshalb steht „Wo sie tagsüber sind“ als eigener Bedarf in der Liste. Nach der Ausstattung der Häuser fragen wir das Gebäudemanagement.',
  },
  {
    question: 'hitze',
    at: '2026-04-05T11:00',
    by: 'senioren',
    organisation: 'senioren',
    body: 'Für Menschen über 75 stellt sich dieselbe Frage. Lässt sich die Auswertung so anlegen, dass sie später mit anderen Altersgruppen läuft?',
  },
  {
    question: 'hitze',
    at: '2026-04-06T12:00',
    by: 'uni',
    organisation: 'uni',
    body: 'Ja. Die Rechnung ist dieselbe, nur die Tabelle der Menschen ändert sich. Die Wärmekarte haben wir je Baublock, das reicht dafür.',
  },
  {
    question: 'schulweg',
    at: '2026-04-08T18:00',
    by: 14,
    signature: 'Schülerin, 8. Klasse',
    body: 'Am Bahndamm sind zwei Leuchten kaputt, seit einem Jahr. Zählt das auch?',
  },
  {
    question: 'kita',
    at: '2026-04-30T18:00',
    by: 22,
    signature: 'Pflegerin aus dem Hafen',
    body: 'Ein Platz bis 15 Uhr hilft mir nicht. Bitte zählt die Stunden mit, nicht nur die Köpfe.',
  },
  {
    question: 'kita',
    at: '2026-05-04T10:00',
    by: 'jugendamt',
    organisation: 'jugendamt',
    body: 'Guter Hinweis. Wir haben die vereinbarten Stunden je Kind. In der Sandbox lassen sie sich zusammenzählen, ohne dass ein Kind zu erkennen ist.',
  },
  {
    question: 'grundwasser',
    at: '2026-05-06T10:00',
    by: 'stadtwerke',
    organisation: 'stadtwerke',
    body: 'Unsere 23 Pegel können wir beisteuern. Die Hausbrunnen kennen wir nicht, dafür braucht es die Wasserbehörde oder die Eigentümer selbst.',
  },
  {
    question: 'linie12',
    at: '2026-06-25T10:00',
    by: 'linien',
    organisation: 'linien',
    body: 'Eine von dreißig gilt für den ganzen Tag. Den Abend haben wir nie einzeln gerechnet. Wir machen mit.',
  },
]
