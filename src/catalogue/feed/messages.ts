import { defineMessages } from '../../platform/i18n.ts'

/** Texts of the page that explains the feeds. */
export const messages = defineMessages({
  de: {
    title: 'Verzeichnis für Maschinen',
    lead: 'Alles, was hier öffentlich steht, können Programme abholen: als DCAT-AP.de 3.0, als Schnittstelle und als Tabelle. Eine Anmeldung ist nicht nötig.',
    addresses: 'Adressen',
    addressesLead:
      'Felder für Partner stehen nur in deren eigenem Verzeichnis, Felder der Halter kommen auf keinem dieser Wege heraus.',
    what: 'Was',
    address: 'Adresse',
    form: 'Form',
    paging:
      'Je Seite 100 Datensätze, die nächste Seite steht als hydra:next in der Antwort. Mit „modified_since“ und einem Zeitpunkt kommen nur geänderte, mit „q“ und „fq“ nur passende, in der Sprache der CKAN-Schnittstelle.',
    ways: [
      { what: 'Offene Daten', path: '/catalog.rdf', form: 'RDF/XML, wie es Open-Data-Portale abholen' },
      { what: 'Offene Daten', path: '/catalog.ttl', form: 'Turtle' },
      { what: 'Offene Daten', path: '/catalog.jsonld', form: 'JSON-LD' },
      {
        what: 'Geschützte Daten: was es gibt',
        path: '/catalog/protected.ttl',
        form: 'Turtle, RDF/XML oder JSON-LD',
      },
      {
        what: 'Was andere Ihrem Haus geöffnet haben',
        path: '/catalog/partner.ttl',
        form: 'Turtle, RDF/XML oder JSON-LD; nach Anmeldung',
      },
      {
        what: 'Ein Datensatz',
        path: '/catalogue/datasets/{id}.ttl',
        form: 'Turtle, .rdf oder .jsonld; oder mit dem Kopf „Accept“',
      },
      { what: 'Suche', path: '/api/v1/catalogue/datasets', form: 'JSON' },
      {
        what: 'CKAN-Schnittstelle (nur lesen)',
        path: '/api/3/action/package_search',
        form: 'JSON, für Programme, die CKAN kennen',
      },
      { what: 'Neues als Feed', path: '/catalogue/feed.atom', form: 'Atom' },
      { what: 'Alle Seiten', path: '/sitemap.xml', form: 'Sitemap' },
      { what: 'Alle Datensätze als Tabelle', path: '/catalogue/export.csv', form: 'CSV' },
    ],
  },
  en: {
    title: 'Catalogue for machines',
    lead: 'Programs can fetch everything that is public here: as DCAT-AP.de 3.0, through an interface, and as a table. No account is needed.',
    addresses: 'Addresses',
    addressesLead:
      'Fields for partners stand in their own list alone, fields of holders come out on none of these ways.',
    what: 'What',
    address: 'Address',
    form: 'Form',
    paging:
      '100 datasets per page; the next page stands in the answer as hydra:next. With “modified_since” and a moment only changed ones come, with “q” and “fq” only what fits, in the language of the CKAN interface.',
    ways: [
      { what: 'Open data', path: '/catalog.rdf', form: 'RDF/XML, as open data portals fetch it' },
      { what: 'Open data', path: '/catalog.ttl', form: 'Turtle' },
      { what: 'Open data', path: '/catalog.jsonld', form: 'JSON-LD' },
      {
        what: 'Protected data: what exists',
        path: '/catalog/protected.ttl',
        form: 'Turtle, RDF/XML or JSON-LD',
      },
      {
        what: 'What others have opened to your house',
        path: '/catalog/partner.ttl',
        form: 'Turtle, RDF/XML or JSON-LD; signed in',
      },
      {
        what: 'One dataset',
        path: '/catalogue/datasets/{id}.ttl',
        form: 'Turtle, .rdf or .jsonld; or by the “Accept” header',
      },
      { what: 'Search', path: '/api/v1/catalogue/datasets', form: 'JSON' },
      {
        what: 'CKAN interface (read only)',
        path: '/api/3/action/package_search',
        form: 'JSON, for programs that know CKAN',
      },
      { what: 'News as a feed', path: '/catalogue/feed.atom', form: 'Atom' },
      { what: 'All pages', path: '/sitemap.xml', form: 'Sitemap' },
      { what: 'All datasets as a table', path: '/catalogue/export.csv', form: 'CSV' },
    ],
  },
})
