/** 实验里不必打开什么就会说的一切。 */
import { zh as share } from '../share/words-zh';
import { zh as detail } from './detail-zh';
import type { LabWords } from './index';
import { zh as labels } from './labels-zh';
import type { Shelf } from './shelf.svelte';
import { zh as time } from './time-zh';
import { sentence } from './zh';
import { icmpName, packetName } from './zh-packets';
import { reasonInChinese } from './zh-reasons';

const lab: LabWords = { ...labels, sentence, packetName, icmpName, reason: reasonInChinese };

export const words: Shelf = { lab, detail, time, share };
