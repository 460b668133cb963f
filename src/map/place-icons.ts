import activityRoom from '@mapbox/maki/icons/town-hall.svg?raw';
import obstacle from '@mapbox/maki/icons/barrier.svg?raw';
import charging from '@mapbox/maki/icons/charging-station.svg?raw';
import clinic from '@mapbox/maki/icons/doctor.svg?raw';
import danger from '@mapbox/maki/icons/danger.svg?raw';
import defibrillator from '@mapbox/maki/icons/defibrillator.svg?raw';
import elevator from '@mapbox/maki/icons/elevator.svg?raw';
import firePost from '@mapbox/maki/icons/fire-station.svg?raw';
import fuel from '@mapbox/maki/icons/fuel.svg?raw';
import home from '@mapbox/maki/icons/home.svg?raw';
import other from '@mapbox/maki/icons/circle.svg?raw';
import parking from '@mapbox/maki/icons/parking.svg?raw';
import pitch from '@mapbox/maki/icons/pitch.svg?raw';
import recycling from '@mapbox/maki/icons/recycling.svg?raw';
import restaurant from '@mapbox/maki/icons/restaurant.svg?raw';
import roadblock from '@mapbox/maki/icons/roadblock.svg?raw';
import scooter from '@mapbox/maki/icons/scooter.svg?raw';
import caution from '@mapbox/maki/icons/caution.svg?raw';
import hydrant from '@rapideditor/temaki/icons/fire_hydrant.svg?raw';
import manhole from '@rapideditor/temaki/icons/manhole.svg?raw';
import power from '@rapideditor/temaki/icons/power.svg?raw';
import tree from '@rapideditor/temaki/icons/tree_broadleaved.svg?raw';

/** Maki's and Temaki's drawings (CC0) by the icon's code in `place_kinds`, packed with this file. */
const drawings: Readonly<Record<string, string>> = {
  fire_hydrant: hydrant,
  'fire-station': firePost,
  charging_station: charging,
  'town-hall': activityRoom,
  restaurant,
  doctor: clinic,
  defibrillator,
  home,
  parking,
  pitch,
  recycling,
  roadblock,
  lightning: power,
  danger,
  fuel,
  obstacle,
  scooter,
  hole: caution,
  tree,
  manhole,
  elevator,
};

/** The size of the square the paths are drawn in. */
export const iconBox = 15;

const pathsOf = (svg: string): string =>
  [...svg.matchAll(/\sd="([^"]+)"/g)].map(([, path = '']) => path.replace(/&#x?\w+;/g, ' ')).join(' ');

/** An icon as one path in a square of `iconBox`; a plain dot for a code nobody drew. */
export const iconPath = (icon: string): string =>
  pathsOf((Object.hasOwn(drawings, icon) ? drawings[icon] : undefined) ?? other);
