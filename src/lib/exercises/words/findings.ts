/** Goals, and why they are not met, in words of both languages. Literal values stand in backticks. */
import type { Words } from '../format/words';
import type { DropPlace, Reason } from '../goals/finding';
import type { Checked } from '../kinds/result';
import { conditionWords } from './conditions';
import { placeWords } from './places';

/** What a checked thing was about. */
export function aboutWords({ about }: Pick<Checked, 'about'>): Words {
	if ('goal' in about) return about.goal.text ?? conditionWords(about.goal);
	if ('question' in about)
		return { en: `Question ${about.question + 1}.`, zh: `第 ${about.question + 1} 题。` };
	if ('order' in about) return { en: 'The order of the stations.', zh: '各站的顺序。' };
	return { en: `Field \`${about.cell}\`.`, zh: `字段 \`${about.cell}\`。` };
}

function dropped({ host, where }: DropPlace): Words {
	const place = placeWords(where);
	return {
		en: `A packet is dropped on \`${host}\`: ${place.en}.`,
		zh: `有包在 \`${host}\` 上被丢弃：${place.zh}。`
	};
}

/** Why a goal is not met: what was seen instead. Empty for one that is. */
export function reasonWords(reason: Reason): Words {
	switch (reason.kind) {
		case 'as asked':
			return { en: '', zh: '' };
		case 'nothing arrived': {
			const drop = reason.drop ? dropped(reason.drop) : { en: '', zh: '' };
			return {
				en: `Nothing arrives at \`${reason.at}\`. ${drop.en}`.trim(),
				zh: `没有包到达 \`${reason.at}\`。${drop.zh}`
			};
		}
		case 'arrived otherwise': {
			const { field, wanted, found } = reason.misfit;
			return {
				en: `What arrives at \`${reason.at}\` has \`${field}\` \`${found}\`, not \`${wanted}\`.`,
				zh: `到达 \`${reason.at}\` 的包，\`${field}\` 是 \`${found}\`，而不是 \`${wanted}\`。`
			};
		}
		case 'count':
			return {
				en: `It is ${reason.found}; asked for is ${reason.wanted}.`,
				zh: `实际是 ${reason.found}，要求是 ${reason.wanted}。`
			};
		case 'dropped elsewhere':
			return dropped(reason.drop);
		case 'not dropped':
			return {
				en: `\`${reason.on}\` drops nothing here.`,
				zh: `\`${reason.on}\` 在这里没有丢弃任何包。`
			};
		case 'no entry':
			return {
				en: `The table of \`${reason.on}\` is empty.`,
				zh: `\`${reason.on}\` 的表是空的。`
			};
		case 'entry otherwise': {
			const { field, wanted, found } = reason.misfit;
			return {
				en: `The nearest entry on \`${reason.on}\` has \`${field}\` \`${found}\`, not \`${wanted}\`.`,
				zh: `\`${reason.on}\` 上最接近的条目，\`${field}\` 是 \`${found}\`，而不是 \`${wanted}\`。`
			};
		}
		case 'no such rule':
			return {
				en: `There is no rule with a counter at \`${reason.where}\`.`,
				zh: `\`${reason.where}\` 处没有带计数器的规则。`
			};
		case 'rewritten elsewhere':
			return {
				en: `\`${reason.field}\` is rewritten to \`${reason.to}\` at \`${reason.where}\`.`,
				zh: `\`${reason.field}\` 在 \`${reason.where}\` 被改写为 \`${reason.to}\`。`
			};
		case 'not rewritten':
			return {
				en: `\`${reason.field}\` is rewritten nowhere.`,
				zh: `\`${reason.field}\` 没有在任何地方被改写。`
			};
		case 'not asked':
			return {
				en: `\`${reason.where}\` is not asked.`,
				zh: `\`${reason.where}\` 没有被询问。`
			};
		case 'asked all the same':
			return { en: `\`${reason.where}\` is asked.`, zh: `\`${reason.where}\` 被询问了。` };
		case 'not seen':
			return {
				en: `\`${reason.on}\` sees no such packet.`,
				zh: `\`${reason.on}\` 没有看到这样的包。`
			};
		case 'other relation':
			return { en: `The packet is ${reason.found}.`, zh: `这个包是 ${reason.found}。` };
		case 'routed otherwise':
			return {
				en: `Routing says: ${reason.found}.`,
				zh: `路由判决的结果是：${reason.found}。`
			};
		case 'command':
			return {
				en: `The command ends with status ${reason.exit ?? '—'}: ${reason.output}`,
				zh: `命令的退出状态是 ${reason.exit ?? '—'}：${reason.output}`
			};
		case 'happened':
			return { en: 'It is otherwise.', zh: '实际并非如此。' };
		case 'none of them':
			return { en: 'None of the ways it could be is so.', zh: '几种可能的情形都不成立。' };
	}
}
