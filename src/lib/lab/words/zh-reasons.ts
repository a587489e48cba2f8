/** The reasons that the trackers give, in Chinese. Numbers in them are carried over. */
const REASONS: readonly (readonly [RegExp, string])[] = [
	[/^a fragment carries no ports$/, '分片里没有端口'],
	[/^the table is full$/, '表已满'],
	[/^no tuple can be made of it$/, '无法由它得出元组'],
	[/^no tuple can be made of the quoted packet$/, '无法由引用的包得出元组'],
	[/^the quoted packet belongs to no entry$/, '引用的包不属于任何条目'],
	[/^its destination is not where the quoted packet came from$/, '它的目的地址不是引用的包的来处'],
	[/^short ICMP message$/, 'ICMP 报文太短'],
	[/^bad (\S+) checksum$/, '$1 校验和有误'],
	[/^unknown ICMP type$/, '未知的 ICMP 类型'],
	[/^no connection can begin with ICMP type (\d+)$/, '连接不能以 ICMP 类型 $1 开始'],
	[/^UDP-Lite checksum missing$/, '缺少 UDP-Lite 校验和'],
	[/^invalid UDP-Lite coverage$/, 'UDP-Lite 的校验范围不合法'],
	[/^truncated or malformed (\S+) datagram$/, '$1 数据报不完整或格式有误'],
	[/^truncated (\S+) header$/, '$1 头部不完整'],
	[/^invalid combination of TCP flags$/, 'TCP 标志的组合不合法'],
	[/^no connection can begin with this segment$/, '连接不能以这样的报文段开始'],
	[/^nf_conntrack_tcp_loose is 0: .*$/, 'nf_conntrack_tcp_loose 为 0：不接手中途的连接'],
	[/^no SCTP chunk$/, '没有 SCTP 数据块'],
	[/^truncated SCTP chunk$/, 'SCTP 数据块不完整'],
	[/^SCTP chunks that cannot stand together$/, '这些 SCTP 数据块不能同在一个包里'],
	[/^no SCTP association can begin with this chunk$/, 'SCTP 关联不能以这样的数据块开始'],
	[/^wrong SCTP verification tag$/, 'SCTP 验证标签不对'],
	[/^not allowed in state (\w+)$/, '在 $1 状态下不允许'],
	[/^ignored in state (\w+)$/, '在 $1 状态下忽略'],
	[/^challenge ACK ignored$/, '忽略 challenge ACK'],
	[/^RST below the last acknowledged byte$/, 'RST 的序号低于最后确认的字节'],
	[/^SEQ is over upper bound (\d+).*$/, '序号超过上界 $1（超出接收方的窗口）'],
	[/^ACK is over upper bound (\d+).*$/, '确认号超过上界 $1（确认了还没见过的数据）'],
	[/^SEQ is under lower bound (\d+).*$/, '序号低于下界 $1（早已确认过的数据）'],
	[/^ignored ACK under lower bound (\d+).*$/, '忽略低于下界 $1 的确认号（可能延误太久）'],
	[/^(\d+) bytes more than expected$/, '比预期多 $1 字节'],
	[/^a finished connection is opened again$/, '结束的连接又重新打开']
];

/** A tracker's reason in Chinese; as it is when it is not known, empty when there is none. */
export function reasonInChinese(reason: string | null): string {
	if (reason === null) return '';
	for (const [pattern, text] of REASONS)
		if (pattern.test(reason)) return reason.replace(pattern, text);
	return reason;
}
