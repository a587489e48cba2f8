/**
 * One packet's walk through one host, station by station, as rules see it and change it. It is a value: two walks can
 * stand in one host at once and be stepped in turn.
 */
import { IPS_CONFIRMED } from '../conntrack/entry';
import { EVENT_HELPER, EVENT_LABEL, EVENT_MARK } from '../conntrack/namespace';
import type { Zone } from '../conntrack/zone';
import { DEFAULT_ZONE } from '../conntrack/zone';
import type { ConntrackTable } from '../conntrack/table';
import type { Template } from '../conntrack/tracking';
import { bind } from '../nat/binding';
import type { Manip } from '../nat/binding';
import { IP_HEADER_LENGTH, TCP_HEADER_LENGTH } from '../packet';
import type {
	AddressType,
	IpSetChange,
	IpSetView,
	NatRequest,
	RouteOut,
	RuleContext
} from '../rules/context';
import { changeByPacket, ipsetView } from '../rules/ipset';
import type { PayloadProtocol, RejectWith, Ruleset, Verdict } from '../rules/ruleset';
import { rejectPacket } from './answer';
import { symmetricHash } from './flow-hash';
import { bindingContext, rangeOf } from './nat-request';
import { lookupLocal } from './routing';
import { withField } from './set-field';
import { WalkState } from './walk-state';

/** `IP_MAX_MTU` */
const MOST_BYTES = 0xffff;

const CONTINUE: Verdict = { kind: 'continue' };
const ACCEPT: Verdict = { kind: 'accept' };
const DROP: Verdict = { kind: 'drop' };

export class Walk extends WalkState implements RuleContext {
	get ruleset(): Ruleset {
		return this.host.ruleset;
	}
	get now(): number {
		return this.world.now;
	}
	get connections(): ConntrackTable {
		return this.host.conntrack.table;
	}
	/** At POSTROUTING a forwarded packet still has the device it came in by (`ip_output`). */
	get inName(): string {
		return this.hook === 'output' ? '' : (this.input?.name ?? '');
	}
	get outName(): string {
		return this.hook === 'prerouting' || this.hook === 'input'
			? ''
			: (this.askedOutput?.name ?? '');
	}
	get inIndex(): number {
		return this.inName === '' ? 0 : this.input!.index;
	}
	get outIndex(): number {
		return this.outName === '' ? 0 : this.askedOutput!.index;
	}

	random(): number {
		return this.world.random();
	}

	symmetricHash(): number {
		return symmetricHash(this.packet, this.world.flowSecret());
	}

	/** Only the local table is asked: all that is in none of its routes is unicast (`inet_addr_type`). */
	addressType(address: number, interfaceName?: string): AddressType {
		if (address >>> 28 === 14) return 'multicast';
		if (address === 0 || address === 0xffffffff) return 'broadcast';
		const route = lookupLocal(this.host.tables, address);
		if (!route || (interfaceName !== undefined && route.device !== interfaceName)) return 'unicast';
		return route.type;
	}

	routeOut(address: number): RouteOut | null {
		const route = this.host.lookup(address);
		if (!route?.device) return null;
		const device = this.host.interface(route.type === 'local' ? 'lo' : route.device);
		if (!device) return null;
		const { name, index } = device;
		return { name, index, type: route.type, device: route.device };
	}

	/** By `dst_mtu` of both ways (`tcpmss_reverse_mtu`, `get_tcpmss`), each at most `IP_MAX_MTU`. */
	pathMss(): number {
		const back = this.routeOut(this.packet.ip.src);
		const device = back && this.host.interface(back.name);
		const mtu = Math.min(this.output!.mtu, device?.mtu ?? MOST_BYTES, MOST_BYTES);
		return mtu - IP_HEADER_LENGTH - TCP_HEADER_LENGTH;
	}

	setMark(mark: number): void {
		this.journal.set(this, 'mark', mark >>> 0);
	}

	setPriority(priority: number): void {
		this.journal.set(this, 'priority', priority >>> 0);
	}

	setEntryMark(mark: number): void {
		const { entry } = this;
		if (!entry || entry.mark === mark >>> 0) return;
		this.journal.set(entry, 'mark', mark >>> 0);
		this.host.conntrack.cacheEvent(entry, EVENT_MARK);
	}

	/** An entry of which no event is told is given its mask only while it is new (`nft_ct_set_eval`). */
	setEntryEvents(events: number): void {
		const { entry } = this;
		if (!entry) return;
		if (entry.told !== null || (events !== 0 && !(entry.status & IPS_CONFIRMED)))
			this.journal.set(entry, 'told', events);
	}

	setEntryLabels(labels: bigint): void {
		const { entry } = this;
		if (!entry || entry.labels === labels) return;
		this.journal.set(entry, 'labels', labels);
		this.host.conntrack.cacheEvent(entry, EVENT_LABEL);
	}

	notrack(): void {
		if (this.entry || this.template || this.relation === 'untracked') return;
		this.journal.set(this, 'relation', 'untracked');
	}

	setZone(id: number, direction: Zone['direction'] = 'both'): void {
		// The first rule that says something stands, unless all it says is `notrack`: that is no
		// entry, so the packet is tracked again (`nft_ct_set_zone_eval`).
		if (this.entry || this.template) return;
		if (this.relation === 'untracked') this.journal.set(this, 'relation', 'invalid');
		this.journal.set(this, 'template', {
			zone: { id, direction },
			helper: null,
			events: null
		});
	}

	attachTemplate(template: Template): void {
		if (this.entry || this.template || this.relation === 'untracked') return;
		this.journal.set(this, 'template', template);
	}

	setHelper(name: string): void {
		const { entry } = this;
		if (!entry) {
			if (this.relation === 'untracked') return;
			this.journal.set(this, 'template', {
				zone: this.template?.zone ?? DEFAULT_ZONE,
				helper: name,
				events: this.template?.events ?? null
			});
			return;
		}
		if (entry.status & IPS_CONFIRMED || entry.helper !== null) return;
		this.journal.set(entry, 'helper', name);
		this.host.conntrack.cacheEvent(entry, EVENT_HELPER);
	}

	setPayload(protocol: PayloadProtocol, field: string, value: number): boolean {
		const made = withField(this.packet, protocol, field, value);
		if (!made) return false;
		this.makeWritable(made.written);
		this.journal.set(this, 'packet', made.packet);
		return true;
	}

	setTrace(): void {
		// Tracing is always on where somebody listens.
	}

	nat(request: NatRequest): Verdict {
		const { entry } = this;
		if (!entry) return CONTINUE;
		const range = rangeOf(this, request);
		if (!range) return DROP;
		const manip: Manip = request.type === 'snat' || request.type === 'masquerade' ? 'src' : 'dst';
		const binding = bind(bindingContext(this), entry, range, manip);
		if (binding) this.binding = binding;
		return ACCEPT;
	}

	reject(how: RejectWith): void {
		this.rejected = true;
		rejectPacket(this, how);
	}

	log(): void {
		// The kernel's log is nothing that a packet or the table shows.
	}

	ipset(name: string): IpSetView | null {
		return ipsetView(this.host.ipsets, name, this.journal, this.now);
	}

	changeIpset(change: IpSetChange, flags: readonly ('src' | 'dst')[]): void {
		const { packet, host, inName, outName } = this;
		const seen = { packet, flags, inName, outName };
		const sets = changeByPacket(host.ipsets, change, seen, this.now);
		if (sets !== host.ipsets) this.journal.set(host, 'ipsets', sets);
	}
}
