/** One protected count as the attacker sees it: who may be in it, and what was shown. */
export type Equation = { readonly members: readonly number[]; readonly shown: number }

/**
 * The attacker's best linear guess of everybody's secret: least squares with what she knows beforehand (`share` of all
 * have it) as a weak pull, solved by conjugate gradients. Gives a number per person, about the chance of a yes.
 */
export function reconstruct(
  equations: readonly Equation[],
  by: { people: number; share: number; noiseSd: number; rounds?: number },
): Float64Array {
  const weight = 1 / by.noiseSd ** 2
  const pull = 1 / Math.max(1e-6, by.share * (1 - by.share))
  const apply = (x: Float64Array) => {
    const out = x.map((value) => value * pull)
    for (const { members } of equations) {
      const sum = members.reduce((total, i) => total + (x[i] ?? 0), 0) * weight
      for (const i of members) out[i] = (out[i] ?? 0) + sum
    }
    return out
  }
  const right = new Float64Array(by.people)
  for (const { members, shown } of equations) {
    const expected = members.length * by.share
    for (const i of members) right[i] = (right[i] ?? 0) + (shown - expected) * weight
  }
  return conjugateGradients(apply, right, by.rounds ?? 150).map((value) => value + by.share)
}

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0)

function conjugateGradients(
  apply: (x: Float64Array) => Float64Array,
  right: Float64Array,
  rounds: number,
): Float64Array {
  const x = new Float64Array(right.length)
  let rest = right
  let direction = right
  let size = dot(rest, rest)
  for (let round = 0; round < rounds && size > 1e-9; round++) {
    const image = apply(direction)
    const step = size / dot(direction, image)
    direction.forEach((value, i) => (x[i] = (x[i] ?? 0) + step * value))
    rest = rest.map((value, i) => value - step * (image[i] ?? 0))
    const next = dot(rest, rest)
    direction = rest.map((value, i) => value + (next / size) * (direction[i] ?? 0))
    size = next
  }
  return x
}
