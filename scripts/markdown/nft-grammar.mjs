/**
 * nft's language, coarsely: enough to colour a ruleset in a lesson.
 * @type {import('shiki').LanguageRegistration}
 */
export const nft = {
	name: 'nft',
	scopeName: 'source.nft',
	repository: {},
	patterns: [
		{ name: 'comment.line', match: '#.*$' },
		{ name: 'string.quoted', match: '"[^"]*"' },
		{
			name: 'keyword.control',
			match:
				'(?<![\\w-])(accept|drop|reject|return|jump|goto|continue|dnat|snat|masquerade|redirect|notrack|queue|log|counter|limit)(?![\\w-])'
		},
		{
			name: 'storage.type',
			match:
				'(?<![\\w-])(table|chain|set|map|type|hook|priority|policy|flush|add|insert|delete|list|ruleset)(?![\\w-])'
		},
		{
			name: 'constant.numeric',
			match: '(?<![\\w.-])\\d+(\\.\\d+){3}(/\\d+)?|(?<![\\w.-])-?\\d+(-\\d+)?(?![\\w.])'
		},
		{
			name: 'entity.name.function',
			match:
				'(?<![\\w-])(ip|tcp|udp|icmp|ct|meta|iifname|oifname|iif|oif|saddr|daddr|sport|dport|state|status|mark|flags)(?![\\w-])'
		}
	]
};
