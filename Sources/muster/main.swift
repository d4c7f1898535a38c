import App
import Glibc

exit(Programs.muster())
