/** `tsx scripts/exercise-schema.ts`: writes the published JSON Schema of exercise files into static/. */
import { writeFileSync } from 'node:fs';
import { exerciseJsonSchema } from './tools/exercise-schema';

writeFileSync(
	new URL('../static/schema/exercise.json', import.meta.url),
	`${JSON.stringify(exerciseJsonSchema(), null, '\t')}\n`
);
