import type { TcpWords } from './tcp-en';

const WAY = ['原始', '回复'] as const;
const REUSED = '同样的地址和端口又来了 SYN：这是一个新连接。旧条目被删除，另建一个新条目。';
const RESET = 'RST：连接立即结束。';

/** TCP 状态机视图上的文字，简体中文。 */
export const zh: TcpWords = {
	comma: '，',
	colon: '：',
	region: 'TCP 状态机',
	entry: (id) => `条目 #${id}`,
	nothing: '这台主机的连接跟踪还没有见过任何包。',
	other: (name) =>
		`上一个包（${name}）不是 TCP。连接跟踪里只有 TCP 有窗口。SCTP 有自己的状态，这里不画；其他协议只有超时。`,
	untracked: '上一个包没有经过连接跟踪，所以状态和窗口都没有变化。',
	gone: (id) => `条目 #${id} 已消失，不再有状态。`,
	segment: (kind, direction) => `${WAY[direction]}方向的 ${kind}`,
	states: {
		NONE: '还什么都没见到',
		SYN_SENT: '见到了 SYN',
		SYN_RECV: '见到了 SYN 和 SYN/ACK',
		ESTABLISHED: '握手已完成',
		FIN_WAIT: '见到了 FIN',
		CLOSE_WAIT: 'FIN 之后见到了 ACK',
		LAST_ACK: '见到了第二个 FIN',
		TIME_WAIT: '见到了最后的 ACK',
		CLOSE: '见到了 RST',
		SYN_SENT2: '两端都发了 SYN'
	},
	rules: {
		'NONE>SYN_SENT': '第一个 SYN。跟踪器从此等待应答。',
		'NONE>ESTABLISHED':
			'没见过 SYN 就来了 ACK：中途接手这个连接（nf_conntrack_tcp_loose），窗口从经过的报文里学来。',
		'SYN_SENT>SYN_SENT2': '另一端也发来 SYN：两端同时打开。',
		'SYN_SENT>SYN_RECV': 'SYN 得到了应答，握手还差第三步。',
		'SYN_SENT2>SYN_RECV': '一端应答了另一端的 SYN。',
		'SYN_RECV>ESTABLISHED': '完成握手的 ACK。',
		'SYN_RECV>FIN_WAIT': '握手后紧接着就是 FIN：一端不再发送数据。',
		'ESTABLISHED>FIN_WAIT': 'FIN：一端不再发送数据。',
		'FIN_WAIT>CLOSE_WAIT': 'FIN 之后的 ACK。另一端仍可发送。',
		'FIN_WAIT>LAST_ACK': '第一个 FIN 还没有被确认，第二个 FIN 就来了。只差最后的 ACK。',
		'CLOSE_WAIT>LAST_ACK': '第二个 FIN。只差最后的 ACK。',
		'LAST_ACK>TIME_WAIT': '最后的 ACK。条目再留一会儿，等迟到的报文段。',
		'TIME_WAIT>SYN_SENT': REUSED,
		'CLOSE>SYN_SENT': REUSED,
		'SYN_SENT>CLOSE': 'RST 拒绝了这个连接。',
		'SYN_RECV>CLOSE': RESET,
		'ESTABLISHED>CLOSE': RESET,
		'FIN_WAIT>CLOSE': RESET,
		'CLOSE_WAIT>CLOSE': RESET,
		'LAST_ACK>CLOSE': RESET,
		'TIME_WAIT>CLOSE': RESET,
		'SYN_SENT2>CLOSE': RESET
	},
	followed: '这是对先前放行的那个 SYN 的应答：两端已就新连接达成一致，跟踪器也转到新连接上。',
	stayed: '状态不变。这个报文段移动窗口，并重新计时。',
	repeated: 'SYN 又来了一次。状态不变，也不重新计时。',
	ignored: (reason) => `放行但不起作用：${reason}。另一端接不接受，看它的应答。`,
	invalid: (reason) => `INVALID：${reason}。条目保持原样，这个报文段脱离条目继续走，不做转换。`,
	refused: (reason) => `INVALID：${reason}。没有条目，也不会创建。`,
	closeHint: 'RST 通向这里',
	seconds: (count) => `${count} 秒`,
	days: (count) => `${count} 天`,
	next: (state) => `从 ${state} 出发`,
	nextLead: '此刻每种报文段会带来什么',
	kind: '报文段',
	invalidCell: 'INVALID',
	ignoredCell: '放行',
	staysCell: '不变',
	windows: '窗口',
	windowOf: (direction) => `${WAY[direction]}方向发送的数据`,
	unheard: '还没有听到这一端的任何消息。',
	sent: '已发送',
	open: '可以发送',
	inside: '在窗口内',
	outside: '在窗口外',
	segmentAt: (from, to) =>
		from === to ? `报文段在 ${from}，不带数据` : `报文段从 ${from} 到 ${to}`,
	ackAt: (ack) => `另一端确认到 ${ack}`,
	ackOutside: '确认了还没发送的，或早已过去的数据',
	ends: { end: '已发送到', maxEnd: '允许发送到', maxWindow: '它给出过的最大窗口' },
	scale: '到 td_end 的字节距离，对数刻度。'
};
