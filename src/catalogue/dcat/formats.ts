/** File types of the EU list that occur in municipal catalogues: media type, whether open, whether machine-readable. */
type FileType = { mediaType: string | null; open: boolean; readable: boolean }

const rows: [code: string, mediaType: string | null, flags: string][] = [
  ['CSV', 'text/csv', 'or'],
  ['TSV', 'text/tab-separated-values', 'or'],
  ['JSON', 'application/json', 'or'],
  ['GEOJSON', 'application/geo+json', 'or'],
  ['JSON_LD', 'application/ld+json', 'or'],
  ['XML', 'application/xml', 'or'],
  ['GML', 'application/gml+xml', 'or'],
  ['KML', 'application/vnd.google-earth.kml+xml', 'or'],
  ['KMZ', 'application/vnd.google-earth.kmz', 'or'],
  ['SHP', null, 'r'],
  ['GPKG', 'application/geopackage+sqlite3', 'or'],
  ['GTFS', null, 'or'],
  ['RDF_TURTLE', 'text/turtle', 'or'],
  ['RDF_XML', 'application/rdf+xml', 'or'],
  ['RDF_N_TRIPLES', 'application/n-triples', 'or'],
  ['RDF', null, 'or'],
  ['RSS', 'application/rss+xml', 'or'],
  ['ATOM', 'application/atom+xml', 'or'],
  ['ICS', 'text/calendar', 'or'],
  ['PARQUET', 'application/vnd.apache.parquet', 'or'],
  ['ODS', 'application/vnd.oasis.opendocument.spreadsheet', 'or'],
  ['XLSX', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'r'],
  ['XLS', 'application/vnd.ms-excel', 'r'],
  ['DOCX', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', ''],
  ['PDF', 'application/pdf', ''],
  ['HTML', 'text/html', 'o'],
  ['TXT', 'text/plain', 'o'],
  ['ZIP', 'application/zip', 'o'],
  ['GZIP', 'application/gzip', 'o'],
  ['PNG', 'image/png', 'o'],
  ['JPEG', 'image/jpeg', ''],
  ['TIFF', 'image/tiff', 'o'],
  ['GEOTIFF', 'image/tiff', ''],
  ['SVG', 'image/svg+xml', 'o'],
  ['WMS_SRVC', null, 'or'],
  ['WFS_SRVC', null, 'r'],
  ['WCS_SRVC', null, 'r'],
  ['WMTS_SRVC', null, 'r'],
  ['REST', null, 'r'],
  ['SPARQLQ', null, 'r'],
  ['DXF', 'image/vnd.dxf', 'r'],
  ['NETCDF', 'application/x-netcdf', 'or'],
  ['OCTET', 'application/octet-stream', ''],
  ['LAZ', null, 'r'],
  ['LAS', null, 'r'],
  ['SQL', 'application/sql', 'or'],
]

/** Known file types by EU code. */
export const fileTypes: Record<string, FileType> = Object.fromEntries(
  rows.map(([code, mediaType, flags]) => [
    code,
    { mediaType, open: flags.includes('o'), readable: flags.includes('r') },
  ]),
)

const aliases: Record<string, string> = {
  WMS: 'WMS_SRVC',
  WFS: 'WFS_SRVC',
  WCS: 'WCS_SRVC',
  WMTS: 'WMTS_SRVC',
  'OGC WMS': 'WMS_SRVC',
  'OGC WFS': 'WFS_SRVC',
  'OGC:WMS': 'WMS_SRVC',
  'OGC:WFS': 'WFS_SRVC',
  JSONLD: 'JSON_LD',
  'JSON-LD': 'JSON_LD',
  TTL: 'RDF_TURTLE',
  TURTLE: 'RDF_TURTLE',
  'RDF/XML': 'RDF_XML',
  'GEO+JSON': 'GEOJSON',
  GEOPACKAGE: 'GPKG',
  SHAPE: 'SHP',
  SHAPEFILE: 'SHP',
  'ESRI SHAPE': 'SHP',
  EXCEL: 'XLSX',
  TEXT: 'TXT',
  JPG: 'JPEG',
  TIF: 'TIFF',
  GZ: 'GZIP',
  HTM: 'HTML',
  API: 'REST',
  ICAL: 'ICS',
  'SHP.ZIP': 'SHP',
  NT: 'RDF_N_TRIPLES',
  'N-TRIPLES': 'RDF_N_TRIPLES',
  GEORSS: 'RSS',
  SPARQL: 'SPARQLQ',
}

/** The EU code meant by a code, file ending, media type or name like 'csv', '.geojson', 'text/csv', 'WMS'; null when unknown. */
export function formatCode(name: string): string | null {
  const key = name.trim().replace(/^\./, '').toUpperCase()
  if (fileTypes[key]) return key
  const alias = aliases[key]
  if (alias) return alias
  const lower = name.trim().toLowerCase().split(';')[0] ?? ''
  return rows.find(([, mediaType]) => mediaType === lower)?.[0] ?? null
}
