import Camera
