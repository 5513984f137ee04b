import { municipalWords } from './words-municipal.ts'

/**
 * German base words, written for this product: what towns, offices and statistics are talked about in. Nouns stand in the
 * singular; words whose parts mislead ("Bahnhof", "Haushalt") stand as one word and are not taken apart.
 */
const everyday = `
abend abgabe abgang ablauf abnahme absatz abschluss abschnitt abstand abteil abteilung adresse aktion akte
aktiv aktuell alarm alltag alt alter ampel amt amtlich anbau angabe angebot angestellt anhang anker anlage
anlass anmeldung anreise anschluss ansicht anteil antrag antwort anwohner anzahl anzeige apotheke apparat
arbeit arbeiter arbeitslos archiv arm art artikel arznei arzt asyl atlas auffahrt aufgabe auflage aufnahme
aufsicht auftrag aufwand aufzug auge ausbau ausbildung ausflug ausgabe ausgang ausgleich auskunft ausland
ausländer auslastung ausleihe ausnahme ausrüstung ausschreibung ausschuss aussicht ausstattung ausstellung
ausweis auszug auto automat bach bad bahn bahnhof balken band bank barriere basis bau bauer bauherr baum
bedarf bedürfnis beet begleitung begründung behandlung behinderung behörde beihilfe beirat beitrag
bekanntmachung belastung belegung beleuchtung benutzer benutzung beratung bereich berg bericht beruf
bescheid beschluss beschäftigt beschäftigung besitz bestand bestattung besuch besucher beteiligung betreuung
betrieb betroffen bett bevölkerung bewegung beweis bewerber bewerbung bewertung bewirtschaftung bewohner
bezirk bezug bibliothek biene bild bildung biotop blatt blick block blume boden bohrung boot börse botanisch
bote branche brand brief brücke bruch brunnen buch bücherei bühne bund bundes bürger bürgermeister
bürgersteig büro burg bus busch butter chance chemie chor computer dach damm dampf datei daten datum dauer
decke denkmal deponie dichte dienst digital direktor dom dorf drucker drucksache durchschnitt durchfahrt
ebene ecke effizienz ehe ehrenamt ehrung eigen eigentum eigentümer einbruch einbürgerung einfahrt einfuhr
eingang eingriff einheit einkauf einkommen einnahme einrichtung einsatz einschulung einspeisung einwohner
einzel einzelhandel einzug eis eisen elektro elektrisch elektronisch eltern emission empfang empfänger
energie engagement entfernung entgelt entlastung entscheidung entsorgung entwässerung entwicklung entwurf
erbe erde ereignis erfassung ergebnis erhaltung erhebung erholung erklärung erkrankung erlaubnis ernährung
erneuerbar erneuerung eröffnung ersatz erschließung erwerb erwerbstätig erzeuger erzeugung erzieher
erziehung etat europa extern fabrik fach fahne fahrer fahrgast fahrrad fahrt fahrzeug faktor fall familie
farbe fassade feier feiertag feld fels fenster ferien fern fest feuer film filter finanz finanzen
finanzierung firma fisch flagge fläche fledermaus fleisch fliegen flora flucht flüchtling flug flughafen
flur fluss flut folge förderung form formular forschung forst fort foto fracht frage frau frei freizeit
freiwillig fremd freund friede friedhof frist frucht früh führung fund funk fuß gabel gang ganztag garage
garten gas gast gaststätte gebäude geber gebiet gebühr geburt gedenken gefahr geflüchtet gefäß geflügel
gegend gehölz gehweg geld gelände gemarkung gemeinde gemeinschaft gemüse genehmigung generation geometrie
gepäck gerät geräusch gericht geruch gesamt geschäft geschichte geschlecht geschoss geschwindigkeit
gesellschaft gesetz gesicht gestaltung gesund gesundheit getränk getreide gewalt gewässer gewerbe gewicht
gewinn gießen gift gitter glas gleich gleis glocke grab graben grad gras graph grenze größe groß grün grund
grundlage grundstück gruppe gut güter gutachten gutschein gymnasium haar hafen haft hagel halle halt halter
hand handel handwerk hang haupt haus haushalt haut hebamme hebe heft heim heimat heirat heizung hilfe himmel
hinweis hitze hobby hoch hochschule hochwasser hof höhe höhle holz hort hospiz hotel hund hunger hütte
hygiene idee igel imbiss immission immobilie impfung import index indikator industrie information
infrastruktur initiative inklusion innen insekt insel institut instrument integration intensiv interesse
international internet inventar investition jahr jahrgang jährlich jagd job jubiläum jugend jung justiz
kabel kader kaffee kamera kamin kammer kampf kanal kanzlei kapazität kapelle kapital karte karneval
kartierung kaserne kasse kasten kataster katalog katastrophe kategorie kauf keller kenn kennzahl kennzeichen
kern kette kinder kind kino kirche kiste kita kläranlage klasse klima klinik knoten kohle kombi komitee
komma kommission kommunal kommunikation kommune kompetenz konferenz konto kontakt kontrolle konzept konzert
kopf körper korridor korruption kosten kraft kraftwerk kran krank kranke krankheit kredit kreis kreuz
kreuzung krippe krieg krise küche kuh kultur kunde kunst künstler kur kurs kurz küste labor ladung laden
lade lager lage land landes landkreis landschaft landwirt landwirtschaft lang lärm last laterne lauf laut
leben lebend lehre lehrer leicht leistung leiter leitung lern lese leser leuchte leute licht liebe liefer
lieferung liegenschaft linie liste literatur lizenz loch logistik lohn löschen luft mädchen magazin mai mais
makler maler mandat mangel mann mantel marke markt maschine masse maß maßnahme material mauer maus medien
medizin meer mehr meister meldung melde menge mensch merkmal messe messung mess metall meter methode miete
mieter milch militär minister minute mission mitarbeiter mitglied mittag mittel mitte mobil mobilität modell
modul monat monitoring mord morgen motor müll mund museum musik muster mutter nachbar nachfrage nachhaltig
nachmittag nachricht nacht nachweis nah nahrung name nation natur neben nebel netz neu nieder niederschlag
niederschrift norm not notfall nummer nutzer nutzung ober objekt obst offen öffentlich öffnung ofen ökologie
ökologisch oper opfer option ordnung organ organisation ort ortschaft ost paar paket panzer papier park
parlament partei partner pass passagier pause pegel pendler pension person personal pfad pferd pflanze
pflaster pflege pflicht pilz plakat plan planer planung plastik platte platz podium polizei politik
politisch portal porto post pranger praxis preis presse privat probe produkt produktion prognose programm
projekt promille protokoll prozess prüfung psychisch publikation publikum puls pumpe punkt quadrat qualität
quartier quelle quote rad rahmen rampe rand rang rasen raster rastplatz rat rathaus ratte rauch raum reaktor
rechen rechnung recht rede reform regel regen regierung region register reichweite reihe reifen reinigung
reise reiten religion rente renten reparatur reserve restaurant rest rettung revier richtung richtlinie
richter ring risiko ritter rohr rohstoff rolle roman rot route rücken ruf ruhe rund rundgang rutsche sache
sachstand saal saison salz samen sammlung sand sanierung satz satzung säule säuge schaden schädling schacht
schall schatten schau schein schenkung schicht schiff schild schlacht schlaf schlamm schlange schloss
schlüssel schmutz schnee schnell schnitt schrank schrift schritt schuld schulden schule schüler schutt
schutz schwangerschaft schwarz schwelle schwer schwerpunkt schwimmer schwimm see segel seil seite sekundär
senior seniorin sensor serie service sicherheit sicht siedlung signal silber simulation sitz sitzung skizze
smart software sohle sommer sonder sonne sonntag sorge sozial sparkasse spazier speicher speise spende
sperre sperrung spiel spieler spitze sport sprache sprech sprung spur staat stab stadion stadt städtisch
stadtteil stadtwerke staffel stahl stall stamm stand standard standort start station statistik statistisch
status statut staub stein stelle stellung steuer stiftung stimme stock stoff straße strecke streit streif
strom struktur stück studie studium student studierend stufe stuhl stunde sturm substanz suche sucht süd
summe system tabelle tafel tag tage tal tank tarif tätigkeit taube taxi technik technisch technologie teich
teil teilnahme teilnehmer telefon telekommunikation temperatur tempo terminal termin terrasse test text
theater thema therapie tief tiefe tier titel tod tochter toilette ton tonne topographisch tor tourismus
tourist touristisch tradition träger transport treffen treff treppe trink trocken tuberkulose tunnel turm
turnier übergang überflutung überschuss übersicht überschwemmung übung ufer uhr umfang umfrage umgang
umgebung umkreis umlage umsatz umschlag umschulung umwelt umzug unfall union unterführung unterkunft
unternehmen unternehmer unterricht unterschrift unterstützung untersuchung urlaub urkunde urne ursache
urteil variante vater verbot verband verbindung verbrauch verbraucher verbrechen verein verfahren verfassung
vergabe vergleich vergnügung verhältnis verhalten verkauf verkehr verlag verletzt verlust vermessung
vermietung vermögen verordnung versammlung versicherung versiegelung versorgung vertrag vertreter vertretung
verwaltung verwendung verzeichnis video vieh viertel vogel volk volks vorhaben vorlage vormittag vorsorge
vorstand vortrag waage wache wachstum waffe wagen wahl wähler wald wand wander wanderung ware wärme warnung
warte wartung wasser wechsel weg weihnacht wein weiß weite weiter welt werbung werk werkstatt wert wertstoff
wettbewerb wetter wiese wild wind winter wirt wirtschaft wissen wissenschaft woche wochen wohl wohnen
wohnung wort wunsch zahl zähler zählung zahn zaun zebra zeichen zeichnung zeit zeitung zelle zelt zensus
zentral zentrum zeuge ziel ziffer zimmer zins zoll zone zoo zufahrt zug zugang zukunft zulassung zuordnung
zusammen zuschuss zustand zuständigkeit zustellung zutritt zuwanderung zuwendung zweck zweig
`

/** Forms that no ending explains. */
export const irregularForms: Readonly<Record<string, string>> = {
  museen: 'museum',
  zentren: 'zentrum',
  gymnasien: 'gymnasium',
  stadien: 'stadion',
  studien: 'studie',
  themen: 'thema',
  konten: 'konto',
  firmen: 'firma',
  busse: 'bus',
  bussen: 'bus',
  risiken: 'risiko',
  praxen: 'praxis',
  daten: 'daten',
  medium: 'medien',
  statistiken: 'statistik',
  statuten: 'statut',
  gremien: 'gremium',
  kuratorien: 'kuratorium',
  aquarien: 'aquarium',
  datenbanken: 'datenbank',
  materialien: 'material',
  immobilien: 'immobilie',
  indizes: 'index',
  atlanten: 'atlas',
  lehrkräfte: 'lehrkraft',
  kommunen: 'kommune',
  häuser: 'haus',
  finanz: 'finanzen',
}

let known: ReadonlySet<string> | undefined

/** All shipped base words. */
export function baseWords(): ReadonlySet<string> {
  known ??= new Set(`${everyday} ${municipalWords}`.split(/\s+/).filter(Boolean))
  return known
}
