/** All that a Lab says before something is opened in it, in English. */
import { en as share } from '../share/words-en';
import { en as detail } from './detail-en';
import { sentence } from './en';
import { icmpName, packetName } from './en-packets';
import type { LabWords } from './index';
import { en as labels } from './labels';
import { en as time } from './time-en';

const lab: LabWords = {
	...labels,
	sentence,
	packetName,
	icmpName,
	reason: (reason) => reason ?? ''
};

export const words = { lab, detail, time, share };
