import * as maplibregl from 'maplibre-gl'
import type * as GeoJSON from 'geojson'

type Bounds = [number, number, number, number]

/** The value of a design token, as the browser resolves it in the current mode. */
function colour(token: string): string {
  const probe = document.createElement('i')
  probe.className = `al-probe al-probe--${token}`
  document.body.append(probe)
  const value = getComputedStyle(probe).color
  probe.remove()
  return toRgb(value)
}

// The map's own parser does not know oklab(): the canvas turns any colour into bytes.
function toRgb(value: string): string {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = 1
  const context = canvas.getContext('2d')
  if (!context) return '#00591b'
  context.fillStyle = value
  context.fillRect(0, 0, 1, 1)
  const [r, g, b] = context.getImageData(0, 0, 1, 1).data
  return `rgb(${r},${g},${b})`
}

function boundsOf(data: GeoJSON.GeoJSON): Bounds {
  const bounds: Bounds = [180, 90, -180, -90]
  const visit = (value: unknown): void => {
    if (!Array.isArray(value)) return
    if (typeof value[0] !== 'number') return value.forEach(visit)
    const [x, y] = value as [number, number]
    bounds[0] = Math.min(bounds[0], x)
    bounds[1] = Math.min(bounds[1], y)
    bounds[2] = Math.max(bounds[2], x)
    bounds[3] = Math.max(bounds[3], y)
  }
  const features = data.type === 'FeatureCollection' ? data.features : []
  for (const feature of features) if ('coordinates' in feature.geometry) visit(feature.geometry.coordinates)
  return bounds
}

function style(data: GeoJSON.GeoJSON): maplibregl.StyleSpecification {
  const accent = colour('accent')
  const layer = (id: string, kind: string) => ({
    id,
    source: 'data',
    filter: ['==', ['geometry-type'], kind] as never,
  })
  return {
    version: 8,
    sources: { data: { type: 'geojson', data } },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': colour('sunk') } },
      { ...layer('area', 'Polygon'), type: 'fill', paint: { 'fill-color': accent, 'fill-opacity': 0.25 } },
      { ...layer('edge', 'Polygon'), type: 'line', paint: { 'line-color': accent, 'line-width': 1 } },
      { ...layer('way', 'LineString'), type: 'line', paint: { 'line-color': accent, 'line-width': 2 } },
      { ...layer('place', 'Point'), type: 'circle', paint: { 'circle-color': accent, 'circle-radius': 5 } },
    ],
  }
}

/** A card with the properties of what was clicked, as text only. */
function describe(properties: Record<string, unknown>): HTMLElement {
  const list = document.createElement('dl')
  for (const [name, value] of Object.entries(properties).slice(0, 8)) {
    const term = document.createElement('dt')
    const text = document.createElement('dd')
    term.textContent = name
    text.textContent = String(value)
    list.append(term, text)
  }
  return list
}

/** Turns an empty box into a map of the GeoJSON at `data-map`; on failure the drawn map above it stays all there is. */
async function show(box: HTMLElement): Promise<void> {
  const answer = await fetch(box.dataset.map ?? '').catch(() => undefined)
  if (!answer?.ok) return box.remove()
  const data = (await answer.json()) as GeoJSON.GeoJSON
  maplibregl.setWorkerUrl(box.dataset.worker ?? '')
  const map = new maplibregl.Map({
    container: box,
    style: style(data),
    bounds: boundsOf(data),
    fitBoundsOptions: { padding: 24 },
    attributionControl: false,
    cooperativeGestures: true,
  })
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }))
  map.on('click', ['area', 'place', 'way'], (event) => {
    const properties = event.features?.[0]?.properties
    if (properties)
      new maplibregl.Popup().setLngLat(event.lngLat).setDOMContent(describe(properties)).addTo(map)
  })
}

for (const box of document.querySelectorAll<HTMLElement>('[data-map]')) void show(box)
