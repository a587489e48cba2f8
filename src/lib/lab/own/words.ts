/** What the page for scenarios of one's own says. */
import type { Language } from '$lib/i18n';
import type { ChoiceFault } from '../networks';

const en = {
	title: 'Your own Lab',
	description:
		'Open a scenario file, or paste the rules of a real machine, and walk packets through them.',
	lead: 'Paste the rules of a real machine and see what they do to a packet, station by station. Or open a scenario that somebody gave you. Everything stays in this browser: no server sees your rules.',
	noScript:
		'This page runs the engine in your browser, and your browser runs no scripts here. Allow scripts for this page to use it. The lessons read without them.',
	loading: 'Loading the Lab …',
	unloaded: 'The Lab could not be fetched. The network may be away.',
	retry: 'Try again',
	playing: 'Now playing',
	nowPlaying: (title: string) => `Now playing: ${title}`,
	save: 'Save as a file',
	close: 'Close',
	untitled: 'A scenario',
	paste: {
		title: 'Paste rules',
		network: 'A network for them',
		rules: 'Rules',
		hint: 'As `nft list ruleset`, `iptables-save` or `ipset save` print them; the last two may come together. Without any, the network has no firewall.',
		language: 'Written in',
		auto: 'recognise it',
		recognised: (names: string) => `Recognised: ${names}`,
		instead: {
			'iptables commands':
				'These are iptables commands. Paste what `iptables-save` prints: it has the whole ruleset, with its chains and tables.',
			'iptables -L':
				'This is what `iptables -L` prints: interfaces and much else are missing there. Paste what `iptables-save` prints.',
			'nft commands':
				'These are nft commands, as a shell takes them. Paste what `nft list ruleset` prints, or write them as `nft -f` reads them: without the word `nft`, and without what the shell needs.'
		},
		sample: 'Put an example in',
		unknown: (names: string) =>
			`The rules name ${names}, which this network does not have: no packet will match there.`,
		call: (port: string, name: string) => `Call “${port}” ${name}`,
		names: 'Names and addresses',
		device: (port: string) => `${port}: name of the interface`,
		address: (port: string) => `${port}: address`,
		port: 'Port that is called from outside',
		packets: 'Packets to send',
		none: 'Choose some packets to send: without any, nothing happens.',
		play: 'Play it',
		line: (line: number, column: number) => `Line ${line}, column ${column}:`,
		wrong: (count: number) =>
			count === 1 ? 'One thing cannot be read:' : `${count} things cannot be read:`,
		fault: {
			name: 'Up to 15 characters, without blanks and slashes.',
			'same name': 'Two interfaces cannot have one name.',
			address: 'An IPv4 address was expected, with a prefix length for an interface: 192.0.2.1/24.',
			prefix: 'A prefix length from 8 to 29, so that there is room for neighbours.',
			'not inside': 'This address is not in the network of that interface.',
			taken: 'The interface has this address itself.',
			overlap: 'This network and the one of another interface overlap.',
			port: 'A number from 1 to 65535.'
		} satisfies Record<ChoiceFault, string>
	},
	open: {
		title: 'Open a scenario file',
		text: 'A file that was saved from a Lab, or one that you wrote. You can also drop it anywhere on this page.',
		file: 'Scenario file',
		drop: 'Drop the file to open it',
		wrong: (name: string) => `${name} is not opened:`,
		wrongLink: 'The link is not opened:',
		colon: ': ',
		more: (count: number) => `and ${count} more`,
		kept: 'What was here is untouched.'
	},
	samples: {
		title: 'Or begin with one of these',
		lessons: 'From the lessons',
		networks: 'Ready networks with rules',
		gallery: 'Many more states, one by one: the gallery',
		play: (name: string) => `Play: ${name}`,
		unloaded: (name: string) => `“${name}” could not be fetched. The network may be away.`,
		of: (network: string, rules: string) => `${network}, ${rules}`
	},
	replace: {
		title: 'Put away what is here?',
		text: (mine: string, theirs: string) =>
			`“${mine}” is open here, and would give way to “${theirs}”.`,
		changed: 'It was changed since it was opened.',
		open: 'Open the new one',
		closeTitle: 'Close what is here?',
		closing: (mine: string) => `“${mine}” is open here, and would be gone.`,
		close: 'Close it',
		keep: 'Keep what is here',
		saveFirst: 'Save what is here as a file'
	},
	storage: {
		closed:
			'This browser keeps nothing for this page: everything works, but reloading the page loses what is open. Save it as a file.',
		full: 'This scenario is too large to be kept in this browser: reloading the page loses it. Save it as a file.',
		broken: 'What this browser had kept of the last scenario cannot be read any more.'
	}
};

export type OwnWords = typeof en;

const zh: OwnWords = {
	title: '自己的实验台',
	description: '打开场景文件，或粘贴一台真实机器的规则，带着数据包走一遍。',
	lead: '粘贴一台真实机器的规则，看它们在每一站对数据包做了什么；也可以打开别人给你的场景。一切都留在这个浏览器里：没有服务器会看到你的规则。',
	noScript:
		'这个页面在你的浏览器里运行引擎，而你的浏览器在这里不执行脚本。请允许本页执行脚本。课程本身不需要脚本也能阅读。',
	loading: '正在载入实验……',
	unloaded: '未能取得实验台，网络可能断开了。',
	retry: '重试',
	playing: '正在进行',
	nowPlaying: (title) => `正在进行：${title}`,
	save: '存为文件',
	close: '关闭',
	untitled: '一个场景',
	paste: {
		title: '粘贴规则',
		network: '放进哪个网络',
		rules: '规则',
		hint: '照 `nft list ruleset`、`iptables-save` 或 `ipset save` 的输出粘贴；后两者可以放在一起。不放规则，就没有防火墙。',
		language: '语言',
		auto: '自动识别',
		recognised: (names) => `识别为：${names}`,
		instead: {
			'iptables commands':
				'这些是 iptables 命令。请粘贴 `iptables-save` 的输出：那里有完整的规则集、链和表。',
			'iptables -L':
				'这是 `iptables -L` 的输出，其中缺少接口等许多内容。请粘贴 `iptables-save` 的输出。',
			'nft commands':
				'这些是在 shell 里写的 nft 命令。请粘贴 `nft list ruleset` 的输出，或者照 `nft -f` 读取的样子写：去掉 `nft` 这个词，以及只有 shell 才需要的符号。'
		},
		sample: '放入一个例子',
		unknown: (names) => `规则里写了 ${names}，而这个网络没有它：没有包会在那里匹配。`,
		call: (port, name) => `把“${port}”叫作 ${name}`,
		names: '名称与地址',
		device: (port) => `${port}：接口名称`,
		address: (port) => `${port}：地址`,
		port: '从外面访问的端口',
		packets: '要发送的包',
		none: '请选一些要发送的包：一个也不发，就什么都不会发生。',
		play: '开始',
		line: (line, column) => `第 ${line} 行第 ${column} 列：`,
		wrong: (count) => `有 ${count} 处读不懂：`,
		fault: {
			name: '最多 15 个字符，不含空格和斜线。',
			'same name': '两个接口不能同名。',
			address: '这里要写 IPv4 地址；接口还要带前缀长度，如 192.0.2.1/24。',
			prefix: '前缀长度应在 8 到 29 之间，才有邻居的位置。',
			'not inside': '这个地址不在该接口的网络里。',
			taken: '接口自己就是这个地址。',
			overlap: '这个网络与另一个接口的网络重叠。',
			port: '1 到 65535 之间的数。'
		}
	},
	open: {
		title: '打开场景文件',
		text: '从实验里存下的文件，或自己写的文件。也可以把它拖到本页任何地方。',
		file: '场景文件',
		drop: '松手即可打开文件',
		wrong: (name) => `没有打开 ${name}：`,
		wrongLink: '没有打开链接：',
		colon: '：',
		more: (count) => `还有 ${count} 处`,
		kept: '原来打开的内容没有变。'
	},
	samples: {
		title: '或者从这些开始',
		lessons: '来自课程',
		networks: '带规则的现成网络',
		gallery: '更多状态，逐个列出：图集',
		play: (name) => `开始：${name}`,
		unloaded: (name) => `未能取得“${name}”，网络可能断开了。`,
		of: (network, rules) => `${network}，${rules}`
	},
	replace: {
		title: '收起现有的内容吗？',
		text: (mine, theirs) => `现在打开的是“${mine}”，它会被“${theirs}”取代。`,
		changed: '打开之后它已被改动。',
		open: '打开新的',
		closeTitle: '关闭现有的内容吗？',
		closing: (mine) => `现在打开的是“${mine}”，关闭之后就没有了。`,
		close: '关闭',
		keep: '保留现有的',
		saveFirst: '把现有的存为文件'
	},
	storage: {
		closed: '这个浏览器不为本页保存任何内容：一切照常，但重新载入页面就会丢失。请存为文件。',
		full: '这个场景太大，浏览器存不下：重新载入页面就会丢失。请存为文件。',
		broken: '浏览器里保存的上一个场景已无法读取。'
	}
};

export const ownWords: Record<Language, OwnWords> = { en, zh };
