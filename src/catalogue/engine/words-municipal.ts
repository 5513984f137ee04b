/** Base words of town administration, geodata, statistics and the natural world; part of the shipped list. */
export const municipalWords = `
abfall abfluss abfuhr abgas abgeordneter abhängig abitur ablagerung abonnement abrechnung abriss abwasser
acker aggregat aggregation agrar ahorn algorithmus alkohol allee allergie ambulanz ambulant amphibie analog
analyse anbindung andacht anfahrt anfrage angel anger angler anlieger anleger annahme anordnung anreiz
ansiedlung antenne anwendung apfel aquarium architekt architektur areal aschenbecher asphalt attraktion
audit aufenthalt aufforstung auflösung aufstellung aufwertung auslage auslauf ausreise aussaat autor
bächlein bäcker bake balkon ballspiel barock basar baujahr bauleitplan bebauung becken beamter befragung
befund begegnung begehung begriff begrünung behinderte bekämpfung beleg bemessung benzin beobachtung
bepflanzung berichtigung besatz beschaffenheit beschaffung beschilderung beschwerde besichtigung besiedlung
besoldung bestandteil bestimmung beton betreiber betrag beurteilung bewegen beweidung bewässerung
bewilligung bezeichnung bibel biber bilanz binnen biodiversität biogas biologie biologisch biomasse birke
birne blitz blut bohne bolzplatz botschaft breite breitband brennstoff brut buche bucht budget bundesland
bundestag bundeswehr cafe camping carsharing caritas center chronik container corona dämmung darlehen
darstellung datenbank datensatz debatte deich dekret delikt demenz demografie demografisch demokratie
dezernat diagramm diakonie diät diebstahl diesel dimension diplom diskussion distanz dokument dokumentation
dosis dozent drachen drehscheibe drogen druck dünger düngung durchlass durchsatz echtzeit eiche eignung
einfamilienhaus eingemeindung einleitung einsicht einstellung einzahl endgerät engpass enkel ente entnahme
entschädigung entschuldung entspannung entstehung epidemie epoche erdbeben erdgas erdgeschoss erdwärme
erfolg ergänzung erhöhung erinnerung erlass erlös ermittlung ermäßigung ernte erosion ertrag erwachsen
erwartung erwerbslos erzählung esche evaluation exemplar existenz export fahrbahn fahrkarte fahrplan
fahrschule fakultät fauna fachwerk fähre fang fässer fassung fehler feinstaub festival festsetzung feuchte
feuchtigkeit fichte finanzamt finger fischerei fitness fläche flieger floß flurstück forderung förder forst
forum fortbildung fortschritt fraktion frequenz frieden frost frühling fußball futter galerie galgen gans
gastgeber gastronomie gatter gebirge gebrauch gefährdung gefälle gefängnis gegner gehalt geheimnis geher
geist geisel geländer gemisch genossenschaft geodaten geografie geographisch geologie geologisch geothermie
gepflegt gerechtigkeit gerüst geschütz gesetzbuch gespräch gestein gewerkschaft giebel gips gipfel
gleichstellung gleitend globus gold golf gottesdienst grabfeld graffiti granit gremium grippe grill
großstadt grundsicherung gründung gärtner gwh haftung halde halbjahr hammer handy hartz hase hecke heide
heilig heilbad heilpraktiker helfer herberge herbst herd herkunft herz hilfsmittel hindernis historie
historisch hochzeit höchst holzweg honig hopfen hörer hörsaal hospital hubschrauber hügel hülle humanität
humus hydrant hybrid hydrologie hydrologisch imker impfstoff inflation infektion ingenieur inklusiv
innovation insolvenz inspektion instandhaltung instandsetzung internat inzidenz isolation jagen jurist
kaiser kälte kaltluft kampfmittel kandidat kanzler karriere käse kassen katze kiefer kies kindertagesstätte
kindheit kläger klang klausur kleid kleidung kleingarten klettern kletter klinikum kloster klub knast knie
knochen koffer kollege komfort kompost konflikt konfession konjunktur konsum konzern konzession kooperation
koordinate koordination körperschaft kraftstoff krebs kriminalität kriterium kröte kubatur kuppel kurve
landrat landtag längs laser latrine laub laufbahn lebenshaltung lebensmittel leder leerstand legislatur leid
leine leiche lektion lenkung lerche lesung libelle liegeplatz linde lokal luchs lücke lüftung magistrat
mahnung mähen mahlzeit mahnmal mantelbogen marathon marine markierung maut mensa meteorologie migrant
migration mikro milieu minderheit minderjährig mineral ministerium missbrauch mittelalter mitwirkung möbel
mode moderne moor mörtel mosaik moschee motiv mücke mühle mündung münze muslim nachlass nachbarschaft
nachhilfe nadelbaum narr nationalität nationalpark neigung nichtraucher niveau notar note notruf nutz oase
obdach oberfläche odonym öffentlichkeit ökonomie ölberg olympia optik orchester orden orgel orientierung
ozon pacht pächter pädagogik pädagogisch palast pandemie panorama pappel parade parameter parkett passiv
pastor patent patient pavillon pelz petition pfarrer pilot pionier pirat piste planet plateau playground
plenum pokal polder politesse pollen pool porträt position potenzial potential präsident prävention
praktikum praktikant primär priorität prinzip prostitution provinz psychiatrie psychologie qualifikation
quarantäne querschnitt querung radio radon ranking rassismus ratte raupe rebe rebland recycling redaktion
reduktion referat referenz reh reiher reiseführer reiter rektor relief rennen renaturierung reptil residenz
ressort ressource rhein rind robotik roggen roller römer rose route rückbau rückgang rückhaltebecken
rückstand ruder ruine rundfunk sachverhalt sage sakral salon sammel sanität sauerstoff sauna säugling schach
schadstoff schafe schaf scheibe scheidung schiene schießen schirm schlag schleuse schmetterling schmiede
schnecke schneise schöffe schornstein schotter schranke schreiben schulanfänger schulze schüssel schützen
schwamm schweige schwein schwelle schwester sedum sektor sekunde selbst seminar senat sensorik session
seuche siedler siegel sirene skate skater sockel solar solarthermie sonde spalte spange spar spargel specht
spektrum spedition spiegel spielstätte spital splitt sportler springbrunnen staatsangehörigkeit starkregen
statik statue staude stauden stau steg steig steigung sterben sterbe stern steuerung stichprobe stickoxid
stickstoff stickstoffdioxid stifter storch störung strahl strahlung strand strategie streuobst strommast
student studiengang sturz subvention sumpf symbol synagoge tagung takt tanne tanz tapir tat täter tauch tee
teer teilhabe tennis teppich terror testament textil toleranz topografie tour tracht tram transparenz trasse
trauer trauung treibhaus trend trennung tresor treue trödel tropen truppe turnhalle turnen tüv typ überfall
übernachtung überwachung überweisung übermittlung ulme umbau umland umleitung umrechnung umriss umspannwerk
unesco universität unkraut unterhalt unterhaltung unternehmertum unwetter urban urwahl verbringung
verdichtung verdienst vereinbarung vererbung verladung verlauf vermittlung vernetzung veranlagung
veranstaltung veranstalter verantwortung verarbeitung verbesserung verbreitung verbund verbundenheit
vergangenheit vergiftung vergütung verkürzung verlängerung verlegung verleih verlosung vermarktung
vermehrung vermerk veröffentlichung verpackung verpflegung verpflichtung verrechnung verschleiß
verschmutzung verschuldung versand versteigerung verstoß versuch verteiler verteilung verteidigung
verursacher verwahrung verwertung verwandt verweis verzögerung veto villa virus visum vitalität vollzeit
vollzug volumen vorname vorrang vorschau vorschlag vorschrift vorschule vorstadt votum vulkan wahrzeichen
waise wal wandel wappen wasserstoff weberei wegweiser wehr weide weiher weise weizen welle wende werft
wertung wespe westen west widmung wiederverwendung wiege winkel wirkung witterung witwe wohnbau wohngeld
wohnheim wolf wolke wolle wurst wurzel zahlung zander zeder zeitraum zensur zentner zertifikat zettel ziege
ziegel zirkus zivil zoologie züchter zucht zufluss zugriff zuhause zuname zunahme zusatz zuschauer zuschlag
zuweisung zuzug zwang zweirad zweitwohnung zwinger zwischen zyklus azubi bafög bip blog bms dezibel emas
euro evu gis gps hvd iban inspire kfz kita kwh kwp lkw lidar mdk mwh neozoen nord norden osten süden nrw
öpnv orthofoto orthophoto osm pkw pks pv photovoltaik sbahn sgb shape shapefile alkis atkis dgm dop dtk lod
wms wfs wmts ubahn vhs wlan xplanung xplan ostern pfingsten silvester advent fasching kirmes kirchweih
flohmarkt dialog ehrenbürger bürgerentscheid bürgerbegehren beigeordnet kämmerer kämmerei dezernent referent
veterinäramt leitstelle gefahrenabwehr bunker kalender richt abstell brenn rollen fahr wohn betreu such
pfleg lehr bade tauf trau kanu jod reit renn sing wasch welcher allgemein kleinräumig räumlich zeitlich
finanziell kulturell regional jugendlich jugendhilfe kreativ
`
