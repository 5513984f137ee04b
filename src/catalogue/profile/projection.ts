/** Reference systems of German municipal data. Longitude and latitude are degrees in WGS 84. */
export type Crs =
  'EPSG:4326' | 'EPSG:25832' | 'EPSG:25833' | 'EPSG:31466' | 'EPSG:31467' | 'EPSG:31468' | 'EPSG:31469'

type Ellipsoid = { a: number; f: number }
const GRS80: Ellipsoid = { a: 6_378_137, f: 1 / 298.257222101 }
const BESSEL: Ellipsoid = { a: 6_377_397.155, f: 1 / 299.1528128 }

/** Longitude and latitude of a point in the given system; UTM is exact to millimetres, Gauß-Krüger to some metres. */
export function toDegrees(x: number, y: number, crs: Crs): [longitude: number, latitude: number] {
  if (crs === 'EPSG:4326') return [x, y]
  if (crs === 'EPSG:25832' || crs === 'EPSG:25833') {
    const zone = crs === 'EPSG:25832' ? 32 : 33
    // Some offices put the zone before the easting: 32405248.
    const easting = x > 1_000_000 ? x - zone * 1_000_000 : x
    return inverse(easting - 500_000, y, { ellipsoid: GRS80, scale: 0.9996, meridian: zone * 6 - 183 })
  }
  const zone = Number(crs.slice(-1)) - 4
  const bessel = inverse(x - zone * 1_000_000 - 500_000, y, {
    ellipsoid: BESSEL,
    scale: 1,
    meridian: zone * 3,
  })
  return shiftToWgs84(bessel)
}

type Grid = { ellipsoid: Ellipsoid; scale: number; meridian: number }

/** Inverse transverse Mercator by Krüger's series in the third flattening (terms up to n³: below a millimetre here). */
function inverse(x: number, y: number, grid: Grid): [number, number] {
  const n = grid.ellipsoid.f / (2 - grid.ellipsoid.f)
  const radius = (grid.ellipsoid.a / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64)
  const beta = [n / 2 - (2 / 3) * n ** 2 + (37 / 96) * n ** 3, n ** 2 / 48 + n ** 3 / 15, (17 / 480) * n ** 3]
  const delta = [
    2 * n - (2 / 3) * n ** 2 - 2 * n ** 3,
    (7 / 3) * n ** 2 - (8 / 5) * n ** 3,
    (56 / 15) * n ** 3,
  ]
  const xi = y / (grid.scale * radius)
  const eta = x / (grid.scale * radius)
  let xi0 = xi
  let eta0 = eta
  beta.forEach((b, i) => {
    const k = 2 * (i + 1)
    xi0 -= b * Math.sin(k * xi) * Math.cosh(k * eta)
    eta0 -= b * Math.cos(k * xi) * Math.sinh(k * eta)
  })
  const chi = Math.asin(Math.sin(xi0) / Math.cosh(eta0))
  const latitude = delta.reduce((sum, d, i) => sum + d * Math.sin(2 * (i + 1) * chi), chi)
  const longitude = Math.atan2(Math.sinh(eta0), Math.cos(xi0))
  return [grid.meridian + degrees(longitude), degrees(latitude)]
}

/** DHDN to WGS 84 by seven parameters for the whole of Germany. */
function shiftToWgs84([longitude, latitude]: [number, number]): [number, number] {
  const [x, y, z] = geocentric(longitude, latitude, BESSEL)
  const arc = Math.PI / 180 / 3600
  const [rx, ry, rz] = [0.202 * arc, 0.045 * arc, -2.455 * arc]
  const scale = 1 + 6.7e-6
  const moved: [number, number, number] = [
    598.1 + scale * (x - rz * y + ry * z),
    73.7 + scale * (rz * x + y - rx * z),
    418.2 + scale * (-ry * x + rx * y + z),
  ]
  return geographic(moved, GRS80)
}

function geocentric(longitude: number, latitude: number, { a, f }: Ellipsoid): [number, number, number] {
  const e2 = f * (2 - f)
  const [lon, lat] = [radians(longitude), radians(latitude)]
  const normal = a / Math.sqrt(1 - e2 * Math.sin(lat) ** 2)
  return [
    normal * Math.cos(lat) * Math.cos(lon),
    normal * Math.cos(lat) * Math.sin(lon),
    normal * (1 - e2) * Math.sin(lat),
  ]
}

function geographic([x, y, z]: [number, number, number], { a, f }: Ellipsoid): [number, number] {
  const e2 = f * (2 - f)
  const p = Math.hypot(x, y)
  let lat = Math.atan2(z, p * (1 - e2))
  for (let i = 0; i < 5; i += 1) {
    const normal = a / Math.sqrt(1 - e2 * Math.sin(lat) ** 2)
    lat = Math.atan2(z + e2 * normal * Math.sin(lat), p)
  }
  return [degrees(Math.atan2(y, x)), degrees(lat)]
}

function radians(value: number): number {
  return (value * Math.PI) / 180
}

function degrees(value: number): number {
  return (value * 180) / Math.PI
}

/** The system a pair of coordinates must be in to lie in or near Germany; null when none fits. */
export function guessCrs(x: number, y: number): Crs | null {
  if (x >= -180 && x <= 180 && y >= -90 && y <= 90) return 'EPSG:4326'
  if (y < 5_200_000 || y > 6_150_000) return null
  if (x >= 200_000 && x <= 1_000_000) return 'EPSG:25832'
  if (x >= 32_200_000 && x <= 32_999_999) return 'EPSG:25832'
  if (x >= 33_200_000 && x <= 33_999_999) return 'EPSG:25833'
  const zone = Math.floor(x / 1_000_000)
  return zone >= 2 && zone <= 5 ? (`EPSG:3146${zone + 4}` as Crs) : null
}
