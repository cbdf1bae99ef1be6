// What we use of others' packages, in a file of its own.
export { GeolocateControl, Map, Marker, NavigationControl, Popup, ScaleControl, addProtocol, setWorkerUrl } from "maplibre-gl";
export { Protocol } from "pmtiles";
