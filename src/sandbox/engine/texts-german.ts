import type { Refusal, RefusalCode } from './refusal.ts'

type Line = readonly [title: string, detail: string, instead: string]

/** Title, reason and other way of every refusal in one language. */
export type RefusalTexts = Record<RefusalCode, (r: Refusal) => Line>

const list = (r: Refusal) => (r.instead?.length ? r.instead.join(', ') : '')

/** The German texts, the source of the others. */
export const german: RefusalTexts = {
  empty: () => [
    'Keine Abfrage',
    'Es steht nichts darin.',
    'Schreiben Sie eine SELECT-Abfrage oder nutzen Sie das Formular.',
  ],
  'too-long': (r) => [
    'Die Abfrage ist zu lang',
    `Möglich sind ${r.limit} Zeichen.`,
    'Teilen Sie die Frage in mehrere Abfragen.',
  ],
  syntax: () => [
    'Die Abfrage ist nicht lesbar',
    'Die Schreibweise passt nicht zu SQL.',
    'Prüfen Sie Klammern, Kommas und Anführungszeichen, oder nutzen Sie das Formular.',
  ],
  'not-a-select': () => [
    'Hier wird nur gefragt',
    'Möglich ist allein SELECT. Anlegen, Ändern, Einstellen und Laden gibt es nicht.',
    'Schreiben Sie eine SELECT-Abfrage.',
  ],
  'several-statements': () => [
    'Mehr als eine Anweisung',
    'Es geht eine Abfrage zur Zeit.',
    'Stellen Sie die Abfragen nacheinander.',
  ],
  construct: (r) => [
    `„${r.construct}“ geht hier nicht`,
    'Über geschützten Tabellen sind nur Zählen, Summe und Mittel nach Aufteilungen möglich.',
    'Rechnen Sie mit WITH zuerst die geschützten Zellen aus und darüber dann den Rest.',
  ],
  function: (r) => [
    `Die Funktion „${r.construct}“ ist nicht zugelassen`,
    'Es gibt eine feste Liste erlaubter Funktionen, und sie wirken nur auf geschützte Zahlen.',
    'Nutzen Sie vorgesehene Gruppierungen der Spalten oder rechnen Sie mit den geschützten Zahlen weiter.',
  ],
  'single-rows': () => [
    'Einzelne Datensätze werden nie gezeigt',
    'Die Abfrage würde Zeilen auflisten.',
    'Zählen Sie: SELECT aufteilung, COUNT(*) … GROUP BY aufteilung.',
  ],
  'not-grouped': (r) => [
    `„${r.column}“ steht nicht in der Aufteilung`,
    'Jede gezeigte Spalte muss in GROUP BY stehen oder gezählt, summiert oder gemittelt werden.',
    'Nehmen Sie die Spalte in GROUP BY auf, oder lassen Sie sie weg.',
  ],
  'mixed-units': () => [
    'Zwei Arten von Einheiten in einer Frage',
    'Eine Abfrage zählt immer nur eine Art, zum Beispiel Personen oder Haushalte.',
    'Stellen Sie dafür zwei Abfragen.',
  ],
  star: () => [
    '„*“ geht hier nicht',
    'Einzelne Datensätze werden nie gezeigt.',
    'Nennen Sie Aufteilungen und eine Zahl, zum Beispiel COUNT(*).',
  ],
  'unknown-table': (r) => [
    'Diese Tabelle gibt es hier nicht',
    r.table
      ? `Im Arbeitsraum gibt es keine Tabelle „${r.table}“.`
      : 'Die Abfrage nennt keine Tabelle des Arbeitsraums.',
    list(r) ? `Es gibt: ${list(r)}.` : 'Sehen Sie in der Liste der Tabellen nach.',
  ],
  'unknown-column': (r) => [
    'Diese Spalte gibt es hier nicht',
    `„${r.column}“ steht in keiner der genannten Tabellen.`,
    'Sehen Sie in der Liste der Tabellen nach.',
  ],
  'ambiguous-column': (r) => [
    `„${r.column}“ gibt es in beiden Tabellen`,
    'So ist nicht klar, welche Spalte gemeint ist.',
    `Schreiben Sie die Tabelle davor: ${list(r)}.`,
  ],
  'hidden-column': (r) => [
    `„${r.column}“ ist hier nicht freigegeben`,
    `Das hat der Halter der Tabelle „${r.table}“ festgelegt.`,
    list(r) ? `Teilen Sie nach ${list(r)} auf.` : 'Bitten Sie den Halter um eine gröbere Fassung.',
  ],
  'unit-column': (r) => [
    `„${r.column}“ bezeichnet einzelne Einheiten`,
    'Danach kann niemand aufteilen, filtern oder auflisten.',
    `Zählen geht: COUNT(DISTINCT ${r.column}).`,
  ],
  'key-column': (r) => [
    `„${r.column}“ dient nur zum Verbinden`,
    'Als Aufteilung oder Bedingung wäre die Spalte zu fein.',
    list(r) ? `Teilen Sie nach ${list(r)} auf.` : 'Nutzen Sie die Spalte in JOIN … USING.',
  ],
  'measure-as-dimension': (r) => [
    `„${r.column}“ ist eine Messgröße`,
    'Messgrößen können summiert und gemittelt werden, aber nicht aufteilen oder filtern.',
    `Schreiben Sie SUM(${r.column}) oder AVG(${r.column}).`,
  ],
  'not-a-measure': (r) => [
    `„${r.column}“ ist keine Messgröße`,
    'Summen und Mittel gibt es nur für Spalten mit öffentlichen Grenzen.',
    'Zählen Sie stattdessen, oder wählen Sie eine Messgröße.',
  ],
  'only-generalised': (r) => [
    `„${r.column}“ ist nur gröber freigegeben`,
    'Die einzelnen Werte wären zu genau.',
    list(r) ? `Fragen Sie nach ${list(r)}.` : 'Bitten Sie den Halter um eine gröbere Fassung.',
  ],
  aggregate: (r) => [
    `„${r.construct}“ geht hier nicht`,
    'Größte, kleinste, mittlere und aufgelistete Werte zeigen einzelne Einheiten.',
    'Möglich sind COUNT, SUM, AVG, STDDEV, CORR und, wo Klassen eingetragen sind, MEDIAN; eine Verteilung geht mit COUNT(*) je Gruppe.',
  ],
  'no-bins': (r) => [
    `Für „${r.column}“ gibt es keine Klassen`,
    'Mediane und Quantile entstehen aus Zahlen je Klasse, und der Halter hat keine eingetragen.',
    'AVG geht, oder bitten Sie den Halter um Klassen.',
  ],
  expression: (r) => [
    `Rechnen in den Daten geht nicht (${r.construct})`,
    'Aufteilungen und Zahlen dürfen nur ganze Spalten nennen.',
    'Rechnen Sie mit den geschützten Zahlen weiter, zum Beispiel SUM(a) / COUNT(*).',
  ],
  condition: (r) => [
    `Diese Bedingung geht nicht (${r.construct})`,
    'Möglich sind: Aufteilung = Wert, IN (…), BETWEEN, mit AND verbunden.',
    'Statt OR auf einer Spalte: IN (…). Statt „nicht“: nennen Sie die gewünschten Werte.',
  ],
  constant: (r) => [
    `Der Wert passt nicht zu „${r.column}“`,
    'Er hat eine andere Art als die Spalte.',
    'Schreiben Sie Text in einfache Anführungszeichen, Zahlen ohne, Tage als JJJJ-MM-TT.',
  ],
  'range-edges': (r) => [
    `Der Bereich auf „${r.column}“ liegt nicht auf den festgelegten Grenzen`,
    r.limit
      ? `Die Grenzen haben den Abstand ${r.limit}.`
      : 'Für diese Spalte sind keine Bereiche vorgesehen.',
    list(r) ? `Nutzen Sie ${list(r)}, oder IN (…).` : 'Nutzen Sie die festgelegten Grenzen, oder IN (…).',
  ],
  'value-not-registered': (r) => [
    `Diesen Wert gibt es in „${r.column}“ nicht`,
    'Bedingungen dürfen nur die angegebenen Werte nennen.',
    'Die Werte stehen in der Liste der Tabellen.',
  ],
  'too-many-values': (r) => [
    'Zu viele Werte in einer Bedingung',
    `Möglich sind ${r.limit}.`,
    'Nutzen Sie eine gröbere Aufteilung.',
  ],
  'too-many-dimensions': (r) => ['Zu viele Aufteilungen', `Möglich sind ${r.limit}.`, 'Lassen Sie eine weg.'],
  'too-many-cells': (r) => ['Zu viele Zellen', `Möglich sind ${r.limit}.`, 'Teilen Sie gröber auf.'],
  'too-many-conditions': (r) => [
    'Zu viele Bedingungen',
    `Möglich sind ${r.limit}.`,
    'Nehmen Sie eine Bedingung als Aufteilung.',
  ],
  join: (r) => [
    `Diese Verbindung geht nicht (${r.construct})`,
    'Verbinden geht über einen gemeinsamen Schlüssel mit einer Tabelle, die je Schlüssel eine Zeile hat.',
    'Schreiben Sie JOIN tabelle USING (schlüssel).',
  ],
  'lookup-alone': (r) => [
    `„${r.table}“ hat keine Einheiten`,
    'Die Tabelle beschreibt nur Schlüssel und kann nicht allein gezählt werden.',
    'Verbinden Sie sie mit einer Tabelle, die Einheiten hat.',
  ],
  'mixed-blocks': () => [
    'Geschützte Zellen und Datensätze gemischt',
    'Ein Zwischenergebnis kann nicht wieder mit Datensätzen verbunden werden.',
    'Verbinden Sie zwei Zwischenergebnisse miteinander.',
  ],
  'number-too-large': (r) => [
    'Diese Zahl oder dieser Wert geht hier nicht',
    `Bei „${r.column}“ steht ein leerer oder zu großer Wert.`,
    'Nennen Sie einen gewöhnlichen Wert.',
  ],
  'not-stable': () => [
    'Diese Schreibweise ist mehrdeutig',
    'Sie ließe sich auf zwei Arten lesen.',
    'Schreiben Sie die Abfrage einfacher.',
  ],
  'outer-failed': () => [
    'Die Rechnung mit den geschützten Zahlen ging nicht',
    'Im äußeren Teil passt ein Name oder eine Rechenart nicht.',
    'Prüfen Sie die Namen und versuchen Sie es Schritt für Schritt.',
  ],
  budget: (r) => [
    'Das Budget reicht nicht',
    `Es sind noch ${r.limit} neue Zellen möglich.`,
    'Teilen Sie gröber auf. Frühere Fragen noch einmal kosten nichts.',
  ],
  'table-budget': (r) => [
    `Die Tabelle „${r.table}“ hat fast alles hergegeben, was sie darf`,
    `Es sind noch ${r.limit} neue Zellen möglich: Aus zu vielen Zahlen über wenige Einheiten ließe sich auf einzelne schließen.`,
    'Teilen Sie gröber auf. Frühere Fragen noch einmal kosten nichts.',
  ],
  partitions: (r) => [
    'Diese Gruppe wurde schon oft aufgeteilt',
    `Dieselben Einheiten können auf höchstens ${r.limit} Arten aufgeteilt werden, sonst ließen sich genaue Zahlen ausrechnen.`,
    'Nutzen Sie eine frühere Aufteilung, oder sprechen Sie mit dem Halter.',
  ],
  'mostly-protected': () => [
    'Fast alles wäre geschützt',
    'Die Gruppen sind zu klein.',
    'Teilen Sie gröber auf.',
  ],
  time: () => [
    'Die Abfrage hat zu lange gedauert',
    'Sie wurde beendet. Es wurde nichts gezeigt und nichts verbraucht.',
    'Teilen Sie gröber auf, oder fragen Sie später noch einmal.',
  ],
  memory: () => [
    'Die Abfrage braucht zu viel Speicher',
    'Sie wurde beendet. Es wurde nichts gezeigt und nichts verbraucht.',
    'Teilen Sie gröber auf.',
  ],
  'result-too-large': () => [
    'Das Ergebnis ist zu groß',
    'Es hätte zu viele Zellen.',
    'Teilen Sie gröber auf.',
  ],
  vault: () => [
    'Der Tresor konnte nicht antworten',
    'Es wurde nichts gezeigt.',
    'Versuchen Sie es noch einmal. Bleibt es dabei, hilft die Betreiberin.',
  ],
  'privacy-units': (r) => [
    'Zwei Arten von Einheiten mit mehreren Zeilen',
    `In „${r.table}“ hat mehr als eine Art von Einheiten mehrere Zeilen. Dafür gibt es hier keine beweisbare Grenze.`,
    'Fragen Sie eine Tabelle, in der jede Zeile für eine Einheit steht.',
  ],
  'privacy-join': (r) => [
    'Diese Verbindung geht mit Differential Privacy nicht',
    `Eine Einheit aus „${r.table}“ könnte beliebig viele Zeilen verändern.`,
    'Verbinden Sie mit JOIN statt LEFT JOIN, oder fragen Sie die Tabellen einzeln.',
  ],
  'privacy-figure': (r) => [
    `„${r.construct || r.column}“ gibt es mit Differential Privacy nicht`,
    'Möglich sind Anzahl, Summe, Mittelwert und Streuung von Messgrößen mit öffentlichen Grenzen, Mediane und Quantile bei höchstens tausend Klassen.',
    'Fragen Sie COUNT, SUM, AVG, STDDEV oder MEDIAN, oder teilen Sie nach einer vorgesehenen Gruppierung auf.',
  ],
  'privacy-budget': (r) => [
    'Das Privatheitsbudget reicht nicht',
    budgets[r.construct ?? ''] ?? 'Für diese Frage ist zu wenig übrig.',
    'Fragen Sie gröber oder mit weniger Genauigkeit. Gespeicherte Antworten bleiben kostenlos.',
  ],
}

const budgets: Record<string, string> = {
  rho: 'Auf so viele Zahlen verteilt bliebe für keine etwas übrig.',
  project: 'Das Budget dieses Raums ist dafür zu klein. Erhöhen kann es nur, wer die Daten hält.',
  person: 'Ihr eigener Anteil am Budget dieses Raums ist dafür zu klein.',
  holder: 'Das Lebenszeitbudget eines Datenhalters ist dafür zu klein. Erhöhen kann es nur er selbst.',
  threshold: 'Es wurden schon so viele nicht vorgesehene Werte gefragt, wie erlaubt sind.',
}
