/** @typedef {import('shiki').LanguageRegistration} Grammar */

const address = '(?<![\\w.-])\\d+(\\.\\d+){3}(/\\d+)?(?![\\w.])';

/** Entries and events as `conntrack` prints them. */
const entryPatterns = [
	{ name: 'keyword.control', match: '\\[(UNREPLIED|ASSURED|NEW|UPDATE|DESTROY|OFFLOAD)\\]' },
	{
		name: 'entity.name.function',
		match:
			'\\b(SYN_SENT2?|SYN_RECV|ESTABLISHED|FIN_WAIT|CLOSE_WAIT|LAST_ACK|TIME_WAIT|CLOSE|NONE)\\b'
	},
	{ name: 'constant.numeric', match: `(?<==)${address.replace('(?<![\\w.-])', '')}|(?<=port=)\\d+` }
];

/** @type {Grammar} */
export const conntrack = {
	name: 'conntrack',
	scopeName: 'source.conntrack',
	repository: {},
	patterns: entryPatterns
};

/**
 * What iptables-save prints, and commands.
 * @type {Grammar}
 */
export const iptables = {
	name: 'iptables',
	scopeName: 'source.iptables',
	repository: {},
	patterns: [
		{ name: 'comment.line', match: '^\\s*#.*$' },
		{ name: 'string.quoted', match: '"[^"]*"' },
		{
			name: 'storage.type',
			match: '^\\s*(\\*\\w+|COMMIT|:\\S+)|(?<![\\w-])-[ADINPFXtZ](?![\\w-])'
		},
		{
			name: 'keyword.control',
			match:
				'(?<![\\w-])(ACCEPT|DROP|REJECT|RETURN|DNAT|SNAT|MASQUERADE|REDIRECT|MARK|CONNMARK|CT|NOTRACK|LOG|TRACE)(?![\\w-])'
		},
		{ name: 'entity.name.function', match: '(?<![\\w-])-{1,2}[A-Za-z][\\w-]*' },
		{ name: 'constant.numeric', match: address }
	]
};

/**
 * Commands after a prompt, and what they print.
 * @type {Grammar}
 */
export const console = {
	name: 'console',
	scopeName: 'source.console',
	repository: {},
	patterns: [
		{
			match: '^([#$] )(.*)$',
			captures: { 1: { name: 'comment.line' }, 2: { name: 'entity.name.function' } }
		},
		...entryPatterns
	]
};
