import type { Step } from './stage.ts'
import { dataSteps } from './story-data.ts'
import { mapSteps } from './story-maps.ts'
import { questionSteps } from './story-questions.ts'
import { startSteps } from './story-start.ts'

/** The whole story in the order of its dates; steps of the same moment keep the order written here. */
export const allSteps: readonly Step[] = [
  ...startSteps,
  ...dataSteps,
  ...questionSteps,
  ...mapSteps,
].toSorted((a, b) => a.at.localeCompare(b.at))
