/** 主机上的命令：这里没有模拟的部分。工具自己的话不在此列。 */
import type { Pair } from './pair';

export const commands: readonly Pair[] = [
	['{}: not a command of this host', '{}：这台主机上没有这个命令'],
	['Object "{}" is not modelled', '这里没有模拟对象“{}”'],
	['ip route: "{}" is not modelled', 'ip route：这里没有模拟“{}”'],
	['ip route: table "{}" is not modelled', 'ip route：这里没有模拟路由表“{}”'],
	['ip route: proto {} is not modelled', 'ip route：这里没有模拟 proto {}'],
	['routes of table "{}" are not modelled', '这里没有模拟路由表“{}”'],
	['ip address: scope {} is not modelled', 'ip address：这里没有模拟 scope {}'],
	['ip link {} is not modelled', '这里没有模拟 ip link {}'],
	['ip link set … name is not modelled', '这里没有模拟 ip link set … name'],
	['sysctl: the pattern "{}" is not modelled', 'sysctl：这里没有模拟模式“{}”'],
	['conntrack v1.4.7 (conntrack-tools): {}', 'conntrack v1.4.7 (conntrack-tools)：{t}'],
	["the output format `{}' is not modelled", '这里没有模拟输出格式“{}”'],
	['{} expect is not modelled', '这里没有模拟 {} expect'],
	['the {} table is not modelled', '这里没有模拟 {} 表'],
	[
		'events are shown with each step of a scenario, not by a command that waits',
		'事件显示在场景的每一步里，不用一直等待的命令来看'
	]
];
