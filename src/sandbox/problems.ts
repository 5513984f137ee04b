import { defineProblems } from '../platform/problem.ts'

const room = (id: string) => `/sandbox/workspaces/${id}`

/** The room's named refusals, apart from those of a question (see `queries/refusals.ts`). */
export const problems = defineProblems('sandbox', {
  workspaceClosed: (p: { id: string }) => ({
    status: 410,
    de: {
      title: 'Dieser Arbeitsraum ist geschlossen',
      detail:
        'Die Vereinbarung gilt nicht mehr. Der Schlüssel zu den Daten wird vernichtet, sie lassen sich nicht mehr lesen. Eine neue Vereinbarung öffnet einen neuen Raum.',
      next: { label: 'Was von diesem Raum bleibt', href: room(p.id) },
    },
    en: {
      title: 'This workspace is closed',
      detail:
        'The agreement is no longer in force. The key to the data is destroyed, they cannot be read again. A new agreement opens a new workspace.',
      next: { label: 'What remains of this workspace', href: room(p.id) },
    },
  }),
  notPermitted: (p: { agreementId: string }) => ({
    status: 403,
    de: {
      title: 'Das erlaubt die Vereinbarung nicht',
      detail:
        'Ihre Organisation hat in dieser Vereinbarung eine andere Aufgabe, oder diese Daten gehören nicht dazu.',
      next: { label: 'Vereinbarung ansehen', href: `/cooperation/agreements/${p.agreementId}` },
    },
    en: {
      title: 'The agreement does not permit this',
      detail: 'Your organisation has another part in this agreement, or these data do not belong to it.',
      next: { label: 'See the agreement', href: `/cooperation/agreements/${p.agreementId}` },
    },
  }),
  nameTaken: (p: { workspaceId: string; name: string }) => ({
    status: 409,
    de: {
      title: 'Diesen Namen gibt es schon',
      detail: `Im Raum liegt schon eine Tabelle „${p.name}“. Wählen Sie einen anderen Namen oder nehmen Sie die alte Tabelle heraus.`,
      next: { label: 'Zum Arbeitsraum', href: room(p.workspaceId) },
    },
    en: {
      title: 'This name is taken',
      detail: `The workspace already has a table “${p.name}”. Choose another name or remove the old table.`,
      next: { label: 'To the workspace', href: room(p.workspaceId) },
    },
  }),
  /** `reason`: what reading found, for the holder who sent the file. */
  unreadableFile: (p: { workspaceId: string; reason: { de: string; en: string } }) => ({
    status: 422,
    de: {
      title: 'Diese Datei konnten wir nicht als Tabelle lesen',
      detail: `${p.reason.de} Lesbar sind CSV, XLSX, JSON, GeoJSON, KML, DBF und Parquet. Von der Datei wurde nichts behalten.`,
      next: { label: 'Eine andere Datei wählen', href: `${room(p.workspaceId)}/upload` },
    },
    en: {
      title: 'We could not read this file as a table',
      detail: `${p.reason.en} CSV, XLSX, JSON, GeoJSON, KML, DBF and Parquet can be read. Nothing of the file was kept.`,
      next: { label: 'Choose another file', href: `${room(p.workspaceId)}/upload` },
    },
  }),
  tableGone: (p: { workspaceId: string }) => ({
    status: 409,
    de: {
      title: 'Diese Tabelle liegt nicht mehr im Raum',
      detail: 'Sie wurde herausgenommen, ersetzt oder kam nicht vollständig an.',
      next: { label: 'Zum Arbeitsraum', href: room(p.workspaceId) },
    },
    en: {
      title: 'This table is no longer in the workspace',
      detail: 'It was removed, replaced or did not arrive completely.',
      next: { label: 'To the workspace', href: room(p.workspaceId) },
    },
  }),
  snapshotWaits: (p: { tableId: string }) => ({
    status: 409,
    de: {
      title: 'Ein neuer Stand wartet schon',
      detail: 'Nehmen Sie ihn zuerst an oder verwerfen Sie ihn, dann kann der nächste kommen.',
      next: { label: 'Zu den Ständen', href: `/sandbox/tables/${p.tableId}` },
    },
    en: {
      title: 'A new snapshot is waiting already',
      detail: 'Accept it or discard it first, then the next one can come.',
      next: { label: 'To the snapshots', href: `/sandbox/tables/${p.tableId}` },
    },
  }),
  snapshotGone: (p: { tableId: string }) => ({
    status: 409,
    de: {
      title: 'Dieser Stand wartet nicht mehr',
      detail: 'Er wurde schon angenommen, verworfen oder nicht vollständig gelesen.',
      next: { label: 'Zu den Ständen', href: `/sandbox/tables/${p.tableId}` },
    },
    en: {
      title: 'This snapshot is no longer waiting',
      detail: 'It was accepted or discarded already, or was not read completely.',
      next: { label: 'To the snapshots', href: `/sandbox/tables/${p.tableId}` },
    },
  }),
  columnsMissing: (p: { tableId: string; columns: string }) => ({
    status: 422,
    de: {
      title: 'Der neue Stand passt nicht zur Tabelle',
      detail: `Diese Spalten fehlen oder haben einen anderen Typ: ${p.columns}. Von der Datei wurde nichts behalten.`,
      next: { label: 'Zu den Ständen', href: `/sandbox/tables/${p.tableId}` },
    },
    en: {
      title: 'The new snapshot does not fit the table',
      detail: `These columns are missing or have another type: ${p.columns}. Nothing of the file was kept.`,
      next: { label: 'To the snapshots', href: `/sandbox/tables/${p.tableId}` },
    },
  }),
  rolesDoNotFit: (p: { tableId: string; columns: string; reason: { de: string; en: string } }) => ({
    status: 422,
    de: {
      title: 'Die Rollen passen nicht zu den Spalten',
      detail: `${p.reason.de}${p.columns ? ` Es geht um: ${p.columns}.` : ''}`,
      next: { label: 'Rollen ändern', href: `/sandbox/tables/${p.tableId}` },
    },
    en: {
      title: 'The roles do not fit the columns',
      detail: `${p.reason.en}${p.columns ? ` This is about: ${p.columns}.` : ''}`,
      next: { label: 'Change the roles', href: `/sandbox/tables/${p.tableId}` },
    },
  }),
  vaultAway: () => ({
    status: 503,
    de: {
      title: 'Der Tresor antwortet gerade nicht',
      detail: 'Es wurde nichts gerechnet und nichts verändert. Versuchen Sie es in einer Minute noch einmal.',
    },
    en: {
      title: 'The vault does not answer right now',
      detail: 'Nothing was computed and nothing changed. Please try again in a minute.',
    },
  }),
  queueFull: (p: { workspaceId: string }) => ({
    status: 429,
    de: {
      title: 'Hier wird gerade viel gerechnet',
      detail:
        'Im Raum warten schon mehrere Abfragen. Es wurde nichts gerechnet. Versuchen Sie es in einer Minute noch einmal.',
      next: { label: 'Zum Arbeitsraum', href: room(p.workspaceId) },
    },
    en: {
      title: 'Much is being computed here right now',
      detail:
        'Several questions are waiting in this workspace. Nothing was computed. Please try again in a minute.',
      next: { label: 'To the workspace', href: room(p.workspaceId) },
    },
  }),
  tooManyQuestions: (p: { workspaceId: string; max: number }) => ({
    status: 429,
    de: {
      title: 'Bitte eine kurze Pause',
      detail: `Höchstens ${p.max} Abfragen in der Minute sind möglich. Ihr Budget bleibt, wie es ist.`,
      next: { label: 'Zum Arbeitsraum', href: room(p.workspaceId) },
    },
    en: {
      title: 'A short break, please',
      detail: `At most ${p.max} questions a minute are possible. Your budget stays as it is.`,
      next: { label: 'To the workspace', href: room(p.workspaceId) },
    },
  }),
  ownRequest: (p: { releaseId: string }) => ({
    status: 403,
    de: {
      title: 'Vier Augen sehen mehr',
      detail:
        'Wer eine Freigabe beantragt hat, entscheidet nicht selbst darüber. Eine andere Person Ihrer Organisation kann es.',
      next: { label: 'Zur Freigabe', href: `/sandbox/releases/${p.releaseId}` },
    },
    en: {
      title: 'Two people see more than one',
      detail: 'Who requested a release does not decide about it. Another person of your organisation can.',
      next: { label: 'To the release', href: `/sandbox/releases/${p.releaseId}` },
    },
  }),
  notAnswered: (p: { workspaceId: string }) => ({
    status: 409,
    de: {
      title: 'Zu dieser Abfrage gibt es kein Ergebnis',
      detail: 'Freigeben lässt sich nur eine Abfrage, die beantwortet wurde.',
      next: { label: 'Zum Arbeitsraum', href: room(p.workspaceId) },
    },
    en: {
      title: 'This question has no result',
      detail: 'Only a question that was answered can be released.',
      next: { label: 'To the workspace', href: room(p.workspaceId) },
    },
  }),
  alreadyRequested: (p: { workspaceId: string }) => ({
    status: 409,
    de: {
      title: 'Diese Tabelle ist schon beantragt oder freigegeben',
      detail: 'Eine zweite Freigabe desselben Ergebnisses braucht es nicht.',
      next: { label: 'Zu den Freigaben', href: `/sandbox/releases?workspace=${p.workspaceId}` },
    },
    en: {
      title: 'This table is already requested or released',
      detail: 'A second release of the same result is not needed.',
      next: { label: 'To the releases', href: `/sandbox/releases?workspace=${p.workspaceId}` },
    },
  }),
  checksFailed: (p: { queryId: string; failed: { de: string; en: string } }) => ({
    status: 422,
    de: {
      title: 'Die Vorprüfung lässt diese Tabelle nicht durch',
      detail: `${p.failed.de} Fragen Sie gröber, dann geht es.`,
      next: { label: 'Zurück zum Ergebnis', href: `/sandbox/queries/${p.queryId}` },
    },
    en: {
      title: 'The automatic checks do not let this table pass',
      detail: `${p.failed.en} A coarser question will pass.`,
      next: { label: 'Back to the result', href: `/sandbox/queries/${p.queryId}` },
    },
  }),
  alreadyDecided: (p: { releaseId: string }) => ({
    status: 409,
    de: {
      title: 'Darüber ist schon entschieden',
      detail: 'Eine Entscheidung lässt sich nicht ändern. Nach einer Ablehnung kann neu beantragt werden.',
      next: { label: 'Zur Freigabe', href: `/sandbox/releases/${p.releaseId}` },
    },
    en: {
      title: 'This has been decided already',
      detail: 'A decision cannot be changed. After a rejection a new request is possible.',
      next: { label: 'To the release', href: `/sandbox/releases/${p.releaseId}` },
    },
  }),
  notAffected: (p: { releaseId: string }) => ({
    status: 403,
    de: {
      title: 'Darüber entscheiden andere',
      detail: 'In dieser Tabelle stecken keine Daten Ihrer Organisation.',
      next: { label: 'Zur Freigabe', href: `/sandbox/releases/${p.releaseId}` },
    },
    en: {
      title: 'Others decide about this',
      detail: 'This table holds no data of your organisation.',
      next: { label: 'To the release', href: `/sandbox/releases/${p.releaseId}` },
    },
  }),
  notHolder: (p: { workspaceId: string }) => ({
    status: 403,
    de: {
      title: 'Das können nur Datenhalter dieses Raums',
      detail: 'Ihre Organisation hat in dieser Vereinbarung keine Daten eingebracht.',
      next: { label: 'Zum Arbeitsraum', href: room(p.workspaceId) },
    },
    en: {
      title: 'Only holders of this workspace can do this',
      detail: 'Your organisation has brought no data into this agreement.',
      next: { label: 'To the workspace', href: room(p.workspaceId) },
    },
  }),
  noRule: (p: { workspaceId: string }) => ({
    status: 409,
    de: {
      title: 'Hier gilt keine stehende Regel',
      detail: 'Sie wurde schon aufgehoben. Jede Tabelle wartet auf Ihre Entscheidung.',
      next: { label: 'Zum Arbeitsraum', href: room(p.workspaceId) },
    },
    en: {
      title: 'No standing rule holds here',
      detail: 'It has been revoked already. Each table waits for your decision.',
      next: { label: 'To the workspace', href: room(p.workspaceId) },
    },
  }),
  nothingLeft: (p: { releaseId: string }) => ({
    status: 422,
    de: {
      title: 'Dann bliebe keine Zahl übrig',
      detail: 'Wenn nichts hinaus soll, lehnen Sie die Freigabe mit einer Begründung ab.',
      next: { label: 'Zur Freigabe', href: `/sandbox/releases/${p.releaseId}` },
    },
    en: {
      title: 'No figure would be left',
      detail: 'If nothing shall leave, reject the release with a reason.',
      next: { label: 'To the release', href: `/sandbox/releases/${p.releaseId}` },
    },
  }),
  foreignAnswer: (p: { workspaceId: string }) => ({
    status: 422,
    de: {
      title: 'Diese Antwort gehört nicht in diesen Raum',
      detail: 'Auf einer Seite stehen nur Antworten desselben Arbeitsraums.',
      next: { label: 'Zum Arbeitsraum', href: room(p.workspaceId) },
    },
    en: {
      title: 'This answer does not belong to this workspace',
      detail: 'A page holds only answers of the same workspace.',
      next: { label: 'To the workspace', href: room(p.workspaceId) },
    },
  }),
  outlinesAway: (p: { workspaceId: string; status: number }) => ({
    status: 422,
    de: {
      title: 'Die Datei mit den Umrissen ist nicht zu bekommen',
      detail: `Die Adresse des Halters antwortet mit dem Fehler ${p.status}.`,
      next: { label: 'Andere Umrisse wählen', href: `${room(p.workspaceId)}/maps` },
    },
    en: {
      title: 'The file with the outlines cannot be had',
      detail: `The holder’s address answers with the error ${p.status}.`,
      next: { label: 'Choose other outlines', href: `${room(p.workspaceId)}/maps` },
    },
  }),
  noAreas: (p: { workspaceId: string }) => ({
    status: 422,
    de: {
      title: 'In dieser Datei stehen keine Flächen',
      detail: 'Gebraucht wird GeoJSON mit höchstens 2 000 Flächen (Polygon oder MultiPolygon) in Grad.',
      next: { label: 'Eine andere Datei wählen', href: `${room(p.workspaceId)}/maps` },
    },
    en: {
      title: 'There are no areas in this file',
      detail: 'GeoJSON with at most 2,000 areas (Polygon or MultiPolygon) in degrees is needed.',
      next: { label: 'Choose another file', href: `${room(p.workspaceId)}/maps` },
    },
  }),
})
