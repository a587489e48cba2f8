/** Texts that are not told in Chinese, and why not. */

/** What the real tools and the kernel print, to the letter: iptables 1.8.9, ipset 7.17, conntrack 1.4.7, iproute2, procps. */
export const TOOLS = [
	// iptables
	'Index of insertion too big.',
	'Index of replacement too big.',
	'Index of deletion too big.',
	'Bad rule (does a matching rule exist in that chain?).',
	'CHAIN_ADD failed (Operation not supported): chain {}',
	'CHAIN_ADD failed (File exists): chain {}',
	'CHAIN_DEL failed (Device or resource busy): chain {}',
	'CHAIN_ZERO failed (No such file or directory): chain {}',
	'CHAIN_ZERO failed (Operation not supported): chain {}',
	'RULE_REPLACE failed (Device or resource busy)',
	'RULE_REPLACE failed (Operation not supported)',
	'CHAIN_USER_RENAME failed (File exists): chain {}',
	"table `{}' is incompatible, use 'nft' tool.",
	"chain `{}' in table `{}' is incompatible, use 'nft' tool.",
	'No chain/target/match by that name.',
	"Set {} doesn't exist.",
	'Chain already exists.',
	'Directory not empty.',
	'Bad built-in chain name.',
	'Bad policy name.',
	'File exists.',
	// nft and ipset
	'nft: no command specified',
	'{} is NOT in set {}.',
	'Warning: {} is in set {}.',
	// sysctl, and what the kernel answers it
	'Permission denied',
	'No such file or directory',
	'Invalid argument',
	"sysctl: invalid option -- '{}'",
	'sysctl: no variables specified',
	// ip, and what the kernel answers it
	'Error: {}',
	'any valid prefix is expected rather than "{}".',
	'any valid address is expected rather than "{}".',
	'Error: any valid prefix is expected rather than "{}".',
	'Error: inet address is expected rather than "{}".',
	'Error: either "to" is duplicate, or "{}" is a garbage.',
	'Error: need at least a destination address.',
	'Error: Gateway, device and multipath can not be specified for this route type.',
	'Error: Device for nexthop is not up.',
	'Error: Invalid prefsrc address.',
	'Error: ipv4: Address already assigned.',
	'Error: mtu out of range for the device.',
	'Nexthop has invalid gateway.',
	'Cannot find device "{}"',
	'"ip route flush" requires arguments.',
	'Command "{}" is unknown, try "ip route help".',
	'Command "{}" is unknown, try "ip address help".',
	'RTNETLINK answers: No such process',
	'RTNETLINK answers: File exists',
	'RTNETLINK answers: No such file or directory',
	'RTNETLINK answers: Network is unreachable',
	'RTNETLINK answers: Cannot assign requested address',
	// conntrack
	'can only use one command at a time',
	"unknown type `{}'",
	"CIDR notation unavailable for `{}'",
	"cannot specify `--src-nat' or `--dst-nat' with `--any-nat'",
	"Can't use {} without {}",
	"Can't use -z with filtering parameters",
	'mismatched address family',
	'Invalid netmask',
	"No port specified after `:'",
	"Invalid port `{}'",
	"unknown option `{}'",
	"option `{}' requires an argument",
	"Bad parameter `{}'",
	"Illegal option `{}' with this command",
	'you need to supply a command',
	"You need to supply the `--protonum' option for this command",
	"you have to specify `--src' and `--dst'",
	"you have to specify `--sport' and `--dport'",
	"You need to supply the `--icmp-type' option for this command",
	"`{}' unsupported protocol",
	"Invalid IP address `{}'",
	"unknown SCTP state `{}'",
	"unknown TCP state `{}'",
	"Unknown family `{}'",
	'conntrack v1.4.7 (conntrack-tools): 0 flow entries have been {}',
	'conntrack v1.4.7 (conntrack-tools): Operation failed: invalid parameters',
	'conntrack v1.4.7 (conntrack-tools): Operation failed: such conntrack doesn’t exist',
	'conntrack v1.4.7 (conntrack-tools): Operation failed: Operation not supported'
];

/** What is not modelled, as rules have it: it stands in backquotes. */
export const CODE = [
	'interval data',
	'type {}',
	'{} {} set',
	'ct {}{} set',
	'tcp option {} {} set'
];

/** Written before a list is made of it, or left out of every list. */
export const UNSEEN = ['an operator', ' (column {})'];

/** Said of exercise files, which are read when the site is built; no page shows it. */
export const NOT_ON_PAGES = ['exercises/variants/draw.ts', 'exercises/kinds/answer.ts'];

/** What the catalogue has besides: pieces of lists and frames, and words of the packages that read JSON and its shape. */
export const BESIDES = [
	'{}: {}',
	'{} (column {})',
	'counter `{}`',
	'quota `{}`',
	'limit `{}`',
	'ct helper `{}`',
	'a new line',
	'a set `{ … }`',
	'a service name',
	'another protocol name',
	'the name of a user',
	'the name of a group',
	'a class such as 1:10',
	'a time such as 30s',
	'a class such as cs1',
	'jump CHAIN',
	'goto CHAIN',
	'number',
	'Array',
	'Object',
	'({})'
];
