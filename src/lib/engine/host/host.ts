/**
 * A host: one network namespace with its interfaces, routes, rules and connection tracking.
 */
import { Conntrack } from '../conntrack/namespace';
import { defaultSettings } from '../conntrack/settings';
import type { Journal } from '../journal';
import type { Ruleset } from '../rules/ruleset';
import type { IpSets } from '../rules/ipset';
import { FRAGMENT_TIME } from './defrag';
import type { FragmentQueue } from './defrag';
import type { Interface } from './interface';
import type { Route, RoutingTables } from './routing';
import type { ByInterface } from './by-interface';
import type { Redirected } from './redirect';
import { buildTables, lookup, selectSource } from './routing';
import type { StationList } from './stations';
import { buildStations } from './stations';

/** `net.ipv4.*` settings that change a packet's way. */
export interface IpSettings {
	/**
	 * `ip_forward` is that of `all`, and a change of it changes every other
	 * (`inet_forward_change`).
	 */
	readonly forwarding: ByInterface;
	readonly defaultTtl: number;
	readonly rpFilter: ByInterface;
	readonly acceptLocal: ByInterface;
	readonly routeLocalnet: ByInterface;
	readonly sendRedirects: ByInterface;
	/** 1 where nothing else was set. */
	readonly sharedMedia: ByInterface;
	readonly icmpEchoIgnoreAll: boolean;
	/** All else that was set and changes nothing here, so that it reads back. */
	readonly other: Readonly<Record<string, string>>;
}

export class Host {
	readonly conntrack: Conntrack;
	interfaces: readonly Interface[];
	/** Routes that were given, beside those that addresses bring. */
	routes: readonly Route[];
	ip: IpSettings = {
		forwarding: new Map(),
		defaultTtl: 64,
		rpFilter: new Map(),
		acceptLocal: new Map(),
		routeLocalnet: new Map(),
		sendRedirects: new Map(),
		sharedMedia: new Map(),
		icmpEchoIgnoreAll: false,
		other: {}
	};
	ruleset: Ruleset;
	ipsets: IpSets;
	fragments: readonly FragmentQueue[] = [];
	/** All hosts of the same kernel, this one among them, by name: some settings hold for every one. */
	kin: ReadonlyMap<string, Host>;
	/** Sources that were told of a better gateway, by address. */
	readonly redirected = new Map<number, Redirected>();
	/** Handles given to rules, chains and tables so far; base chains hooked in so far. */
	handles = 0;
	registrations = 0;
	/** IP ids of packets the host made. */
	identification = 1;

	private tablesFor: { interfaces: unknown; routes: unknown; tables: RoutingTables } | null = null;
	private stationsFor: { ruleset: Ruleset; stations: StationList } | null = null;

	constructor(
		readonly name: string,
		readonly journal: Journal,
		interfaces: readonly Interface[],
		routes: readonly Route[],
		ruleset: Ruleset,
		ipsets: IpSets
	) {
		this.kin = new Map([[name, this]]);
		this.conntrack = new Conntrack(journal, defaultSettings());
		this.interfaces = interfaces;
		this.routes = routes;
		this.ruleset = ruleset;
		this.ipsets = ipsets;
	}

	/** Routing tables as of now. */
	get tables(): RoutingTables {
		const cached = this.tablesFor;
		if (cached && cached.interfaces === this.interfaces && cached.routes === this.routes)
			return cached.tables;
		const tables = buildTables(this.interfaces, this.routes);
		this.tablesFor = { interfaces: this.interfaces, routes: this.routes, tables };
		return tables;
	}

	/** The stations of every hook as of now. */
	get stations(): StationList {
		if (this.stationsFor?.ruleset === this.ruleset) return this.stationsFor.stations;
		const stations = buildStations(this.ruleset);
		this.stationsFor = { ruleset: this.ruleset, stations };
		return stations;
	}

	interface(name: string): Interface | null {
		for (const one of this.interfaces) if (one.name === name) return one;
		return null;
	}

	lookup(address: number, device?: string): Route | null {
		return lookup(this.tables, address, device);
	}

	/** Whether an address is the host's own. */
	isLocal(address: number): boolean {
		return this.lookup(address)?.type === 'local';
	}

	/** The source address for what the host sends along a route. */
	sourceFor(route: Route, destination: number): number | null {
		if (route.source !== null) return route.source;
		const device = route.device === null ? null : this.interface(route.device);
		return device
			? selectSource(device, this.interfaces, route.via ?? destination, route.scope)
			: null;
	}

	/** How long pieces of a datagram wait for the others, in ms. */
	get fragmentTime(): number {
		const seconds = this.ip.other['net.ipv4.ipfrag_time'];
		return seconds === undefined ? FRAGMENT_TIME : Number(seconds) * 1000;
	}

	nextHandle(): number {
		this.journal.set(this, 'handles', this.handles + 1);
		return this.handles;
	}

	nextRegistration(): number {
		this.journal.set(this, 'registrations', this.registrations + 1);
		return this.registrations;
	}

	nextIdentification(): number {
		this.journal.set(this, 'identification', (this.identification % 65535) + 1);
		return this.identification;
	}
}
