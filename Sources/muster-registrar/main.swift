import App
import Glibc

exit(Programs.registrar())
