const CPU = 'cpu/amd/epyc-turin-generic';
const [BRIDGES_PER_SOCKET, PORTS] = [4, 8];

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);

const device = (id: number): string =>
  `{ link: { gen: 5, width: 16 }, child: { kind: gpu, id: gpu${id}, part: gpu/nvidia/rtx-pro-6000 } }`;

const bridge = (
  n: number,
): string => `{ id: hb${n}, root_ports: [ { id: rp${n}, link: { gen: 5, width: 16 }, child:
      { kind: switch, id: sw${n}, part: switch/microchip/pm50100, ports: [${numbers(PORTS)
        .map((i) => device(PORTS * n + i))
        .join(', ')}] } } ] }`;

const socket = (n: number): string => {
  const bridges = numbers(BRIDGES_PER_SOCKET).map((i) => bridge(BRIDGES_PER_SOCKET * n + i));
  return `{ id: s${n}, part: ${CPU}, host_bridges: [${bridges.join(', ')}] }`;
};

/** File of a system of 64 GPUs: eight below each of eight switches, at two sockets; every second switch redirects. */
export const manyDevices = `{ system: many-devices, about: 64 GPUs, iommu: { mode: off }, sockets: [${[0, 1].map(socket).join(', ')}],
  socket_links: [ { between: [s0, s1], kind: xGMI } ], acs: { redirect: [${[0, 2, 4, 6].flatMap((n) => numbers(PORTS).map((i) => `sw${n}.d${i}`)).join(', ')}] } }\n`;
