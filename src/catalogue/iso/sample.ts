/** A metadata record of ISO 19139 as German catalogues deliver it, made up; `n` makes many different ones. */
export function isoSample(n = 1): string {
  const text = (name: string, words: string): string =>
    `<gmd:${name}><gco:CharacterString>${words}</gco:CharacterString></gmd:${name}>`
  const code = (name: string, list: string, value: string): string =>
    `<gmd:${name}><gmd:${list} codeList="https://standards.iso.org/codelists.xml#${list}" codeListValue="${value}">${value}</gmd:${list}></gmd:${name}>`
  const party = (role: string): string =>
    `<gmd:CI_ResponsibleParty>${text('individualName', 'Frau Beispiel')}${text('organisationName', 'Stadt Auenstadt, Amt für Geoinformation')}<gmd:contactInfo><gmd:CI_Contact><gmd:address><gmd:CI_Address>${text('electronicMailAddress', 'geo@auenstadt.example')}</gmd:CI_Address></gmd:address></gmd:CI_Contact></gmd:contactInfo>${code('role', 'CI_RoleCode', role)}</gmd:CI_ResponsibleParty>`
  const date = (kind: string, day: string): string =>
    `<gmd:date><gmd:CI_Date><gmd:date><gco:Date>${day}</gco:Date></gmd:date>${code('dateType', 'CI_DateTypeCode', kind)}</gmd:CI_Date></gmd:date>`
  const keywords = (words: string[], thesaurus: string): string =>
    `<gmd:descriptiveKeywords><gmd:MD_Keywords>${words.map((word) => text('keyword', word)).join('')}${thesaurus === '' ? '' : `<gmd:thesaurusName><gmd:CI_Citation>${text('title', thesaurus)}</gmd:CI_Citation></gmd:thesaurusName>`}</gmd:MD_Keywords></gmd:descriptiveKeywords>`
  const link = (url: string, protocol: string, name: string): string =>
    `<gmd:onLine><gmd:CI_OnlineResource><gmd:linkage><gmd:URL>${url}</gmd:URL></gmd:linkage>${text('protocol', protocol)}${text('name', name)}</gmd:CI_OnlineResource></gmd:onLine>`
  const edge = (name: string, degrees: number): string =>
    `<gmd:${name}><gco:Decimal>${degrees}</gco:Decimal></gmd:${name}>`
  const terms =
    '{ &quot;id&quot;: &quot;dl-by-de/2.0&quot;, &quot;name&quot;: &quot;Datenlizenz Deutschland Namensnennung 2.0&quot;, &quot;url&quot;: &quot;https://www.govdata.de/dl-de/by-2-0&quot;, &quot;quelle&quot;: &quot;Stadt Auenstadt&quot; }'
  return `<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:xlink="http://www.w3.org/1999/xlink">
${text('fileIdentifier', `0f9c2a60-0000-4000-8000-${String(n).padStart(12, '0')}`)}${code('language', 'LanguageCode', 'ger')}${code('hierarchyLevel', 'MD_ScopeCode', 'dataset')}
<gmd:contact>${party('pointOfContact')}</gmd:contact><gmd:dateStamp><gco:Date>2026-03-04</gco:Date></gmd:dateStamp>
<gmd:referenceSystemInfo><gmd:MD_ReferenceSystem><gmd:referenceSystemIdentifier><gmd:RS_Identifier>${text('code', 'EPSG:25833')}</gmd:RS_Identifier></gmd:referenceSystemIdentifier></gmd:MD_ReferenceSystem></gmd:referenceSystemInfo>
<gmd:identificationInfo><gmd:MD_DataIdentification><gmd:citation><gmd:CI_Citation>${text('title', `Baumkataster ${n}`)}${text('alternateTitle', 'Stadtbäume')}${date('publication', '2020-05-06')}${date('revision', '2026-01-02')}<gmd:identifier><gmd:MD_Identifier>${text('code', `https://registry.gdi-de.org/id/de.auenstadt/${n}`)}</gmd:MD_Identifier></gmd:identifier></gmd:CI_Citation></gmd:citation>
${text('abstract', 'Standorte, Arten und Pflanzjahre der städtischen Bäume im Straßenraum und in Grünanlagen.')}
<gmd:pointOfContact>${party('pointOfContact')}</gmd:pointOfContact><gmd:pointOfContact>${party('publisher')}</gmd:pointOfContact>
<gmd:resourceMaintenance><gmd:MD_MaintenanceInformation>${code('maintenanceAndUpdateFrequency', 'MD_MaintenanceFrequencyCode', 'annually')}</gmd:MD_MaintenanceInformation></gmd:resourceMaintenance>
${keywords(['Schutzgebiete'], 'GEMET - INSPIRE themes, version 1.0')}${keywords(['Baum', 'Straßenbäume', 'Grünfläche', 'opendata'], '')}
<gmd:resourceConstraints><gmd:MD_LegalConstraints><gmd:accessConstraints><gmd:MD_RestrictionCode codeListValue="otherRestrictions"/></gmd:accessConstraints><gmd:otherConstraints><gmx:Anchor xmlns:gmx="http://www.isotc211.org/2005/gmx" xlink:href="http://inspire.ec.europa.eu/metadata-codelist/LimitationsOnPublicAccess/noLimitations">Es gelten keine Zugriffsbeschränkungen</gmx:Anchor></gmd:otherConstraints></gmd:MD_LegalConstraints></gmd:resourceConstraints>
<gmd:resourceConstraints><gmd:MD_LegalConstraints><gmd:useConstraints><gmd:MD_RestrictionCode codeListValue="otherRestrictions"/></gmd:useConstraints>${text('otherConstraints', terms)}</gmd:MD_LegalConstraints></gmd:resourceConstraints>
${code('language', 'LanguageCode', 'ger')}<gmd:topicCategory><gmd:MD_TopicCategoryCode>environment</gmd:MD_TopicCategoryCode></gmd:topicCategory>
<gmd:extent><gmd:EX_Extent><gmd:geographicElement><gmd:EX_GeographicBoundingBox>${edge('westBoundLongitude', 11.5)}${edge('eastBoundLongitude', 11.9)}${edge('southBoundLatitude', 51.4)}${edge('northBoundLatitude', 51.6)}</gmd:EX_GeographicBoundingBox></gmd:geographicElement><gmd:geographicElement><gmd:EX_GeographicDescription><gmd:geographicIdentifier><gmd:MD_Identifier>${text('code', '150020000000')}</gmd:MD_Identifier></gmd:geographicIdentifier></gmd:EX_GeographicDescription></gmd:geographicElement><gmd:temporalElement><gmd:EX_TemporalExtent><gmd:extent><gml:TimePeriod gml:id="t${n}"><gml:beginPosition>2010-01-01</gml:beginPosition><gml:endPosition>2025-12-31</gml:endPosition></gml:TimePeriod></gmd:extent></gmd:EX_TemporalExtent></gmd:temporalElement></gmd:EX_Extent></gmd:extent></gmd:MD_DataIdentification></gmd:identificationInfo>
<gmd:distributionInfo><gmd:MD_Distribution><gmd:transferOptions><gmd:MD_DigitalTransferOptions>${link(`https://geo.auenstadt.example/wfs/${n}?service=WFS&amp;request=GetCapabilities`, 'OGC:WFS', 'WFS Bäume')}${link(`https://geo.auenstadt.example/baeume-${n}.csv`, 'WWW:DOWNLOAD-1.0-http--download', 'Bäume als Tabelle')}</gmd:MD_DigitalTransferOptions></gmd:transferOptions></gmd:MD_Distribution></gmd:distributionInfo>
<gmd:dataQualityInfo><gmd:DQ_DataQuality><gmd:lineage><gmd:LI_Lineage>${text('statement', 'Aus der Baumkontrolle.')}</gmd:LI_Lineage></gmd:lineage></gmd:DQ_DataQuality></gmd:dataQualityInfo></gmd:MD_Metadata>`
}

/** An answer of a catalogue service with `count` records from `start` on, of `matched` in all. */
export function cswSample(given: {
  start: number
  count: number
  matched: number
  next?: number | undefined
}): string {
  const records = Array.from({ length: given.count }, (_, i) => isoSample(given.start + i)).join('\n')
  const next = given.next === undefined ? '' : ` nextRecord="${given.next}"`
  return `<?xml version="1.0" encoding="UTF-8"?><csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2"><csw:SearchStatus timestamp="2026-01-01T00:00:00Z"/><csw:SearchResults numberOfRecordsMatched="${given.matched}" numberOfRecordsReturned="${given.count}" elementSet="full"${next}>${records}</csw:SearchResults></csw:GetRecordsResponse>`
}
