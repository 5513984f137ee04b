import type { Ctx } from '../../platform/context.ts'
import { isProblem } from '../../platform/problem.ts'
import { getQuestion } from '../../questions/service.ts'

/** Number and title of the question an agreement serves; undefined where the reader may not see it (any more). */
export async function findQuestionLine(
  ctx: Ctx,
  questionId: string,
): Promise<{ id: string; number: string; title: string } | undefined> {
  try {
    const { id, number, title } = await getQuestion(ctx, questionId)
    return { id, number, title }
  } catch (error) {
    if (isProblem(error)) return undefined
    throw error
  }
}
