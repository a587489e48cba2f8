import type { LabWords } from '../words';
import type { StationEvent } from './walk-view';

/** What a station is called, wherever it is named. */
export function stationName(
	{ kind, name }: Pick<StationEvent['station'], 'kind' | 'name'>,
	{ path }: LabWords
): string {
	switch (kind) {
		case 'defrag':
			return path.defrag;
		case 'nat-rules':
			return path.natChains;
		case 'confirm':
			return path.confirm;
		default:
			return name;
	}
}
