#!/usr/bin/env python3
"""Ask the real nft (as root) which of the rules in refused.json it takes; the answers are written
back into it: 0 taken, 1 refused. nft 1.0.6 on Linux 6.18."""
import json, os, re, subprocess, tempfile

here = os.path.dirname(os.path.abspath(__file__))
path = f'{here}/refused.json'
data = json.load(open(path))
folder = tempfile.mkdtemp()
asked = []
for group in data['groups']:
    for family in group['families']:
        for chain in group['chains']:
            for rule in group['rules']:
                asked.append((group, family, chain, rule))
for i, (group, family, chain, rule) in enumerate(asked):
    lines = [f'table {family} t {{', *data['around'], f' chain c {{ {chain};', f'  {rule}', ' }', '}', '']
    open(f'{folder}/{i}.nft', 'w').write('\n'.join(lines))
script = f'''ip link set lo up; ip link add ext type veth peer name int
for i in $(seq 0 {len(asked) - 1}); do nft -f {folder}/$i.nft > /dev/null 2>&1; echo $?; nft flush ruleset; done'''
said = subprocess.run(['unshare', '-n', 'sh', '-c', script], capture_output=True, text=True).stdout.split()
for group in data['groups']:
    group['refused'] = {f: {c: [] for c in group['chains']} for f in group['families']}
for (group, family, chain, rule), exit in zip(asked, said):
    if exit != '0':
        group['refused'][family][chain].append(rule)
with open(path, 'w') as f:
    json.dump(data, f, indent='\t', ensure_ascii=False)
    f.write('\n')
